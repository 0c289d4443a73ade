using Feedback.Domain;
using Feedback.Http;
using Feedback.Web.Console;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Feedback.Web;

internal sealed class RefusalPages : IRefusalPages
{
    public IResult ForCitizen(Refusal refusal, int status) => new RazorComponentResult<RefusedPage>(new { Refusal = refusal }) { StatusCode = status };

    public IResult InsideConsole(Refusal refusal, int status) => RefusedInside.Page(refusal, status);
}
