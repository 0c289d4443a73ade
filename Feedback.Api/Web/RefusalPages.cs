using Feedback.Domain;
using Feedback.Http;
using Feedback.Web.Console;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Feedback.Web;

internal sealed class RefusalPages : IRefusalPages
{
    public IResult ForCitizen(Refusal refusal) => new RazorComponentResult<RefusedPage>(new { Refusal = refusal }) { StatusCode = Problems.Status(refusal.Kind) };

    public IResult InsideConsole(Refusal refusal) => RefusedInside.Page(refusal);
}
