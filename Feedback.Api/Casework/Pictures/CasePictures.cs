using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Security;

namespace Feedback.Casework.Pictures;

/// <summary>The pictures of cases, sealed. They are numbered without gaps, and erased with the words of the case.</summary>
internal sealed class CasePictures(Db db, Vault vault, LocalTime local)
{
    private const string CountSql = "select count(*) from case_picture where case_number = @number";
    private const string ListSql = "select ordinal as number, width, height, added_at from case_picture where case_number = @number order by ordinal";
    private const string ReadSql = "select sealed from case_picture where case_number = @number and ordinal = @ordinal";

    private const string InsertSql =
        """
        insert into case_picture (case_number, ordinal, sealed, width, height, bytes, added_at)
        values (@number, @ordinal, @content, @width, @height, @bytes, @now)
        """;

    public Task<int> Count(string number, CancellationToken ct) => db.Single<int>(CountSql, new { number }, ct);

    /// <summary>In the order of their numbers; instants are local.</summary>
    public async Task<IReadOnlyList<PictureInfo>> Of(string number, CancellationToken ct) =>
        [.. (await db.Query<PictureInfo>(ListSql, new { number }, ct)).Select(p => p with { AddedAt = local.At(p.AddedAt) })];

    /// <summary>All of them or none. Two who add to one case at once meet at the same number, and the later one runs again.</summary>
    public async Task<Outcome<Done>> Add(string number, IReadOnlyList<CleanPicture> pictures, CancellationToken ct)
    {
        var ordinal = await Count(number, ct);
        if (ordinal + pictures.Count > PictureRules.Most) return DomainRefusals.TooManyPictures;
        foreach (var picture in pictures)
        {
            var content = vault.Seal(Purpose.Picture, picture.Jpeg);
            await db.Execute(InsertSql, new { number, ordinal = ++ordinal, content, width = picture.Width, height = picture.Height, bytes = picture.Jpeg.Length, now = local.Now }, ct);
        }

        return default(Done);
    }

    /// <summary>For who may read the case.</summary>
    public async Task<Outcome<PictureFile>> Read(string number, int ordinal, CancellationToken ct) =>
        await db.SingleOrDefault<byte[]>(ReadSql, new { number, ordinal }, ct) is { } content
            ? new PictureFile($"{number}-{ordinal}.jpg", vault.OpenBytes(Purpose.Picture, content))
            : CaseRefusals.PictureUnknown;
}
