using Feedback.Features.Audit;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Audit;

internal sealed class VerifyAuditTests(Engine engine) : SliceTest(engine)
{
    private string _number = "";

    [SetUp]
    public async Task LiveThroughTwoDays()
    {
        _number = await App.FileComplaint("A01");
        await App.FileComplaint("B01", "Gifts");
        await App.MoveTo("2026-11-18T18:00");
        await (await App.SignedIn("head-si")).PostJson($"/api/v1/cases/{_number}/acceptance", null);
        await App.MoveTo("2026-11-20T00:10");
        await App.Send(new MakeAnchors());
    }

    [Test]
    public async Task What_nobody_touched_holds()
    {
        var report = await (await App.SignedIn("inspector")).GetJson("/api/v1/audit/verification");

        Assert.That(((bool)report["holds"]!, (int)report["cases"]!, (string?)report["anchoredTo"]), Is.EqualTo((true, 2, "2026-11-19")));
        Assert.That((int)report["events"]!, Is.EqualTo(await App.Sql<int>("select count(*) from case_event")));
    }

    [TestCase("kind = 'Filed'", "detail = '{\"dueAt\":\"2027-11-24T17:30:00+08:00\"}'", 1)]
    [TestCase("kind = 'Accepted'", "actor = 'head-em'", 5)]
    [TestCase("seq = 2", "at = '2026-11-17 00:00:00'", 2)]
    [TestCase("seq = 3", "kind = 'Warned'", 3)]
    public async Task A_changed_event_is_named(string which, string change, int seq)
    {
        await Unprotected($"update case_event set {change} where case_number = '{_number}' and {which}");
        Assert.That(await Broken(), Is.EqualTo(new[] { ($"{_number}#{seq}", "event_changed") }));
    }

    [Test]
    public async Task One_changed_byte_of_a_hash_is_named()
    {
        await Unprotected($"update case_event set hash = @hash where case_number = '{_number}' and seq = 2", new { hash = new byte[32] });
        Assert.That(await Broken(), Is.EqualTo(new[] { ($"{_number}#2", "event_changed") }));
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(5)]
    public async Task A_deleted_event_is_named_even_the_last(int seq)
    {
        await Unprotected($"delete from case_event where case_number = '{_number}' and seq = {seq}");
        Assert.That(await Broken(), Is.EqualTo(new[] { ($"{_number}#{seq}", "event_missing") }));
    }

    [Test]
    public async Task A_deleted_case_is_named()
    {
        await Unprotected($"delete from case_event where case_number = '{_number}'");
        foreach (var table in new[] { "notice", "window_red", "case_timer", "case_clock", "case_file" }) await App.Sql<int>($"delete from {table} where case_number = @n", new { n = _number });

        Assert.That(await Broken(), Is.EqualTo(new[] { ("2026-11-16", "case_missing"), (_number, "case_missing") }));
    }

    [Test]
    public async Task A_case_deleted_on_the_day_it_was_filed_is_missed_by_the_days_count()
    {
        var today = await App.FileComplaint("A02");
        Assert.That(await Broken(), Is.Empty);
        await Unprotected($"delete from case_event where case_number = '{today}'");
        foreach (var table in new[] { "notice", "case_timer", "case_clock", "case_file" }) await App.Sql<int>($"delete from {table} where case_number = @n", new { n = today });

        Assert.That(await Broken(), Is.EqualTo(new[] { (App.Clock.Now.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), "case_missing") }));
    }

    [Test]
    public async Task A_deleted_case_is_named_when_it_was_struck_from_the_anchor_too()
    {
        await Unprotected($"delete from case_event where case_number = '{_number}'");
        foreach (var table in new[] { "notice", "window_red", "case_timer", "case_clock", "case_file" }) await App.Sql<int>($"delete from {table} where case_number = @n", new { n = _number });
        await Unprotected($"delete from audit_anchor_case where case_number = '{_number}'", table: "audit_anchor_case");

        Assert.That((await Broken()).Select(b => b.What).Distinct(), Is.EqualTo(new[] { "case_missing", "anchor_changed" }));
    }

    [Test]
    public async Task A_missing_anchor_is_named()
    {
        await Unprotected("delete from audit_anchor_case where local_day = '2026-11-17'", table: "audit_anchor_case");
        await Unprotected("delete from audit_anchor where local_day = '2026-11-17'", table: "audit_anchor");
        Assert.That(await Broken(), Has.Member(("2026-11-17", "anchor_missing")));
    }

    [Test]
    public async Task Anchors_are_made_once_and_only_for_days_that_are_over()
    {
        Assert.That((await App.Send(new MakeAnchors())).Value, Is.Zero);
        await App.MoveTo("2026-11-21T00:09:59");
        Assert.That((await App.Send(new MakeAnchors())).Value, Is.Zero);
        await App.MoveTo("2026-11-21T00:10");
        Assert.That((await App.Send(new MakeAnchors())).Value, Is.EqualTo(1));
    }

    [TestCase("case_event")]
    [TestCase("audit_anchor")]
    [TestCase("audit_anchor_case")]
    public void The_tables_refuse_to_be_rewritten(string table)
    {
        Assert.That(() => App.Sql<int>($"update {table} set hash = hash"), Throws.InstanceOf<System.Data.Common.DbException>().With.Message.Contains("never edited"));
        Assert.That(() => App.Sql<int>($"delete from {table}"), Throws.InstanceOf<System.Data.Common.DbException>().With.Message.Contains("never deleted"));
    }

    [TestCase("supervisor", 403)]
    [TestCase("admin", 403)]
    [TestCase("auditor", 200)]
    public async Task Who_may_ask(string login, int status)
    {
        Assert.That((await (await App.SignedIn(login)).GetJson("/api/v1/audit/verification")).Status, Is.EqualTo(status));
    }

    private async Task<IEnumerable<(string Where, string What)>> Broken() =>
        (await App.Send(new VerifyAudit())).Value.Breaks.Select(b => (b.Where, b.What));

    /// <summary>As somebody would who owns the database: the triggers are taken away first.</summary>
    private async Task Unprotected(string sql, object? args = null, string table = "case_event")
    {
        foreach (var deed in new[] { "update", "delete" }) await App.Sql<int>($"drop trigger {table}_is_final_{deed}");
        await App.Sql<int>(sql, args);
    }
}
