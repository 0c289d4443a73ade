using System.Security.Cryptography;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Pipeline;
using Feedback.Security;
using MediatR;

namespace Feedback.Features.Maintenance;

/// <summary>
/// Seals a set of rows anew with the newest key. Where nothing is left to do it says so; it can be run at any time, beside a running
/// product, and as often as one likes. Rows that the database lets nobody change (first contacts, signatures, tables of final rows)
/// stay under the key they were sealed with, and answers kept for repeated requests until the policy's days are over.
/// </summary>
/// <param name="Column">One of <see cref="Columns"/>.</param>
/// <param name="After">What the set before gave as <c>Next</c>; without it nothing is sealed, only counted.</param>
internal sealed record ResealTexts(string Column, object? After = null) : ICommand<ResealTexts.Progress>
{
    private const int SetSize = 200;

    /// <summary>Pictures are large, and a set is in memory and in one transaction.</summary>
    private const int PictureSetSize = 5;

    /// <param name="Resealed">Rows of this set.</param>
    /// <param name="Stale">Rows under an older key, when they were counted.</param>
    /// <param name="Next">Where the next set begins; null when none is left.</param>
    public sealed record Progress(int Resealed, long Stale, object? Next);

    /// <summary>What can be sealed anew, by table and column.</summary>
    public static IReadOnlyCollection<string> Columns => [.. Handler.All.Keys];

    internal sealed class Handler(Db db, Vault vault) : IRequestHandler<ResealTexts, Outcome<Progress>>
    {
        // A row is stale when its first bytes do not name the newest key; part tells rows of one case apart.
        private const string ContactCountSql = "select count(*) from contact where substring(sealed, 1, @length) <> @header";
        private const string ContactStaleSql = "select id as row_key, 0 as part, sealed as text from contact where id >= @after and substring(sealed, 1, @length) <> @header order by id";
        private const string ContactStoreSql = "update contact set sealed = @text where id = @key and sealed = @old";
        private const string ComplaintCountSql = "select count(*) from case_file where substring(said, 1, @length) <> @header";
        private const string ComplaintStaleSql = "select case_number as row_key, 0 as part, said as text from case_file where case_number >= @after and substring(said, 1, @length) <> @header order by case_number";
        private const string ComplaintStoreSql = "update case_file set said = @text where case_number = @key and said = @old";
        private const string LastAnswerCountSql = "select count(*) from case_file where substring(answer, 1, @length) <> @header";
        private const string LastAnswerStaleSql = "select case_number as row_key, 0 as part, answer as text from case_file where case_number >= @after and substring(answer, 1, @length) <> @header order by case_number";
        private const string LastAnswerStoreSql = "update case_file set answer = @text where case_number = @key and answer = @old";
        private const string AnswerCountSql = "select count(*) from case_answer where substring(said, 1, @length) <> @header";
        private const string AnswerStaleSql = "select case_number as row_key, cycle as part, said as text from case_answer where case_number >= @after and substring(said, 1, @length) <> @header order by case_number, cycle";
        private const string AnswerStoreSql = "update case_answer set said = @text where case_number = @key and cycle = @part and said = @old";
        private const string MaterialCountSql = "select count(*) from case_material where substring(said, 1, @length) <> @header";
        private const string MaterialStaleSql = "select id as row_key, 0 as part, said as text from case_material where id >= @after and substring(said, 1, @length) <> @header order by id";
        private const string MaterialStoreSql = "update case_material set said = @text where id = @key and said = @old";
        private const string AppealCountSql = "select count(*) from case_appeal where substring(said, 1, @length) <> @header";
        private const string AppealStaleSql = "select case_number as row_key, 0 as part, said as text from case_appeal where case_number >= @after and substring(said, 1, @length) <> @header order by case_number";
        private const string AppealStoreSql = "update case_appeal set said = @text where case_number = @key and said = @old";
        private const string MessageCountSql = "select count(*) from contact_message where substring(said, 1, @length) <> @header";
        private const string MessageStaleSql = "select id as row_key, 0 as part, said as text from contact_message where id >= @after and substring(said, 1, @length) <> @header order by id";
        private const string MessageStoreSql = "update contact_message set said = @text where id = @key and said = @old";
        private const string WebhookCountSql = "select count(*) from webhook where substring(secret, 1, @length) <> @header";
        private const string WebhookStaleSql = "select id as row_key, 0 as part, secret as text from webhook where id >= @after and substring(secret, 1, @length) <> @header order by id";
        private const string WebhookStoreSql = "update webhook set secret = @text where id = @key and secret = @old";
        private const string KeyRingCountSql = "select count(*) from data_protection_key where substring(body, 1, @length) <> @header";
        private const string KeyRingStaleSql = "select name as row_key, 0 as part, body as text from data_protection_key where name >= @after and substring(body, 1, @length) <> @header order by name";
        private const string KeyRingStoreSql = "update data_protection_key set body = @text where name = @key and body = @old";

        private const string PictureCountSql = "select count(*) from case_picture where substring(sealed, 1, @length) <> @header";
        private const string PictureStaleSql = "select case_number as row_key, ordinal as part, sealed as text from case_picture where case_number >= @after and substring(sealed, 1, @length) <> @header order by case_number, ordinal";
        private const string PictureStoreSql = "update case_picture set sealed = @text where case_number = @key and ordinal = @part and sealed = @old";

        internal static readonly IReadOnlyDictionary<string, Sealed> All = new Dictionary<string, Sealed>
        {
            ["contact.sealed"] = new(Purpose.Contact, Array.Empty<byte>(), ContactCountSql, ContactStaleSql, ContactStoreSql),
            ["case_file.said"] = new(Purpose.Complaint, "", ComplaintCountSql, ComplaintStaleSql, ComplaintStoreSql),
            ["case_file.answer"] = new(Purpose.Answer, "", LastAnswerCountSql, LastAnswerStaleSql, LastAnswerStoreSql),
            ["case_answer.said"] = new(Purpose.Answer, "", AnswerCountSql, AnswerStaleSql, AnswerStoreSql),
            ["case_material.said"] = new(Purpose.Complaint, Array.Empty<byte>(), MaterialCountSql, MaterialStaleSql, MaterialStoreSql),
            ["case_picture.sealed"] = new(Purpose.Picture, "", PictureCountSql, PictureStaleSql, PictureStoreSql, PictureSetSize),
            ["case_appeal.said"] = new(Purpose.Complaint, "", AppealCountSql, AppealStaleSql, AppealStoreSql),
            ["contact_message.said"] = new(Purpose.Message, Array.Empty<byte>(), MessageCountSql, MessageStaleSql, MessageStoreSql),
            ["webhook.secret"] = new(Purpose.Webhook, Array.Empty<byte>(), WebhookCountSql, WebhookStaleSql, WebhookStoreSql),
            ["data_protection_key.body"] = new(Purpose.KeyRing, "", KeyRingCountSql, KeyRingStaleSql, KeyRingStoreSql),
        };

        public async Task<Outcome<Progress>> Handle(ResealTexts request, CancellationToken cancellationToken)
        {
            var (column, header, length) = (All[request.Column], vault.Header, Vault.HeaderLength);
            if (request.After is null) return new Progress(0, await db.Single<long>(column.CountSql, new { header, length }, cancellationToken), column.First);

            var stale = await db.Query<dynamic>(db.Dialect.Limited(column.StaleSql), new { after = request.After, header, length, limit = column.Size }, cancellationToken);
            foreach (var row in stale)
            {
                byte[] old = row.text;
                byte[] plain;
                try
                {
                    plain = vault.OpenBytes(column.Purpose, old);
                }
                catch (CryptographicException)
                {
                    return MaintenanceRefusals.SealingKeyMissing;
                }

                object key = row.row_key;
                await db.Execute(column.StoreSql, new { key, part = (int)row.part, text = vault.Seal(column.Purpose, plain), old }, cancellationToken);
            }

            return new Progress(stale.Count, 0, stale.Count == 0 ? null : (object)stale[^1].row_key);
        }

        /// <param name="Purpose">What it is sealed for.</param>
        /// <param name="First">A key before all others.</param>
        /// <param name="CountSql">How many are under an older key.</param>
        /// <param name="StaleSql">Finds some of them.</param>
        /// <param name="StoreSql">Replaces one, unless it was changed meanwhile.</param>
        /// <param name="Size">As many at a time.</param>
        internal sealed record Sealed(string Purpose, object First, string CountSql, string StaleSql, string StoreSql, int Size = SetSize);
    }
}
