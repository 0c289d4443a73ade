using Feedback.Data;
using Feedback.Domain;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>Where somebody can be posted: every hall, unit and window.</summary>
public sealed record ListPosts : IQuery<ListPosts.Posts>
{
    public sealed record Posts(IReadOnlyList<Post> Halls, IReadOnlyList<Post> Units, IReadOnlyList<Post> Windows);

    /// <param name="Code">The code.</param>
    /// <param name="Name">With the hall's name before it where there is more than one.</param>
    public sealed record Post(string Code, Bilingual Name);

    internal sealed class Handler(Db db) : IRequestHandler<ListPosts, Outcome<Posts>>
    {
        private const string HallsSql = "select code, name, name_en, name as hall, name_en as hall_en from hall order by code";

        private const string UnitsSql =
            "select d.code, d.name, d.name_en, h.name as hall, h.name_en as hall_en from department d join hall h on h.code = d.hall_code order by h.code, d.code";

        private const string WindowsSql =
            "select w.code, w.name, w.name_en, h.name as hall, h.name_en as hall_en from service_window w join hall h on h.code = w.hall_code order by h.code, w.code";

        public async Task<Outcome<Posts>> Handle(ListPosts request, CancellationToken cancellationToken)
        {
            var halls = await db.Query<Row>(HallsSql, null, cancellationToken);
            var units = await db.Query<Row>(UnitsSql, null, cancellationToken);
            var windows = await db.Query<Row>(WindowsSql, null, cancellationToken);
            Post Within(Row row) => halls.Count > 1 ? new Post(row.Code, new Bilingual($"{row.Hall} · {row.Name}", $"{row.HallEn} · {row.NameEn}")) : row.Alone;
            return new Posts([.. halls.Select(h => h.Alone)], [.. units.Select(Within)], [.. windows.Select(Within)]);
        }

        private sealed record Row(string Code, string Name, string NameEn, string Hall, string HallEn)
        {
            public Post Alone => new(Code, new Bilingual(Name, NameEn));
        }
    }
}
