using Feedback.Data;
using Feedback.Domain;
using Feedback.Pipeline;
using Feedback.Security;
using MediatR;

namespace Feedback.Features.Maintenance;

/// <summary>
/// What the rules of retention ask for (docs/domain.md "Protecting people"): contacts are made anonymous so many years after their
/// case came to its end, and the words and pictures of old cases are erased. Numbers, instants, counts and the history with its chain stay, so
/// that every figure can still be recounted and the audit still holds. A set at a time; each that does something is written down.
/// </summary>
internal sealed record ApplyRetention : ICommand<ApplyRetention.Report>
{
    private const int SetSize = 500;

    /// <param name="Contacts">Contacts made anonymous.</param>
    /// <param name="Cases">Cases whose words were erased.</param>
    /// <param name="More">Whether there may be more.</param>
    public sealed record Report(int Contacts, int Cases, bool More);

    internal sealed class Handler(Db db, ReferenceData reference, Vault vault, LocalTime local, TimeProvider time) : IRequestHandler<ApplyRetention, Outcome<Report>>
    {
        // A contact is in use while a case of it is open or ended of late, or a rating of it is recent.
        private const string ContactsSql =
            """
            select k.id
            from contact k
            where k.anonymised_at is null and k.created_at < @before
              and not exists (select 1 from rating r where r.contact_id = k.id and r.rated_at >= @before)
              and not exists (select 1 from case_file c
                              where c.contact_id = k.id
                                and (c.state not in ('Answered', 'Closed', 'Declined', 'Withdrawn')
                                     or exists (select 1 from case_event e where e.case_number = c.case_number and e.at >= @before)))
            order by k.created_at
            """;

        private const string CasesSql =
            """
            select c.case_number
            from case_file c
            where c.erased_at is null and c.filed_at < @before and c.state in ('Answered', 'Closed', 'Declined', 'Withdrawn')
              and not exists (select 1 from case_event e where e.case_number = c.case_number and e.at >= @before)
            order by c.filed_at
            """;

        private const string AnonymiseSql = "update contact set sealed = @Empty, anonymised_at = @Now where id = @Id";
        private const string EraseSql = "update case_file set said = @nothing, answer = case when answer is null then null else @silence end, erased_at = @now where case_number in @numbers";
        private const string EraseAnswersSql = "update case_answer set said = @silence where case_number in @numbers";
        private const string EraseMaterialsSql = "update case_material set said = @nothing where case_number in @numbers";
        private const string EraseAppealsSql = "update case_appeal set said = @nothing where case_number in @numbers";
        private const string EraseMessagesSql = "update contact_message set said = @unsaid where case_number in @numbers";
        private const string ErasePicturesSql = "delete from case_picture where case_number in @numbers";
        private const string KeepSql = "insert into retention_run (id, ran_at, contacts, cases) values (@id, @now, @contacts, @cases)";

        public async Task<Outcome<Report>> Handle(ApplyRetention request, CancellationToken cancellationToken)
        {
            if ((await reference.Read(db, cancellationToken)).PolicyOn(local.Today).Retention is not { } rules) return new Report(0, 0, false);
            var now = local.Now;
            var ids = await db.Query<byte[]>(db.Dialect.Limited(ContactsSql), new { before = now.AddYears(-rules.ContactYears), limit = SetSize }, cancellationToken);
            var numbers = await db.Query<string>(db.Dialect.Limited(CasesSql), new { before = now.AddYears(-rules.CaseYears), limit = SetSize }, cancellationToken);
            if (ids.Count > 0)
            {
                var nobody = vault.Seal(Purpose.Contact, "{}");
                await db.ExecuteEach(AnonymiseSql, ids.Select(id => new { Id = id, Now = now, Empty = nobody }), cancellationToken);
            }

            if (numbers.Count > 0)
            {
                var (nothing, silence, unsaid) = (vault.Seal(Purpose.Complaint, ""), vault.Seal(Purpose.Answer, ""), vault.Seal(Purpose.Message, ""));
                await db.Execute(EraseSql, new { numbers, now, nothing, silence }, cancellationToken);
                await db.Execute(EraseAnswersSql, new { numbers, silence }, cancellationToken);
                await db.Execute(EraseMaterialsSql, new { numbers, nothing }, cancellationToken);
                await db.Execute(EraseAppealsSql, new { numbers, nothing }, cancellationToken);
                await db.Execute(EraseMessagesSql, new { numbers, unsaid }, cancellationToken);
                await db.Execute(ErasePicturesSql, new { numbers }, cancellationToken);
            }

            if (ids.Count + numbers.Count > 0) await db.Execute(KeepSql, new { id = Keys.New(time), now, contacts = ids.Count, cases = numbers.Count }, cancellationToken);
            return new Report(ids.Count, numbers.Count, ids.Count == SetSize || numbers.Count == SetSize);
        }
    }
}
