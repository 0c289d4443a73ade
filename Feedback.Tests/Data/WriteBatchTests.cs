using System.Globalization;
using Feedback.Data;
using Feedback.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Tests.Data;

/// <summary>Many rows through one statement: each is stored as it is, whatever the row before it was.</summary>
internal sealed class WriteBatchTests(Engine engine) : SliceTest(engine)
{
    private const string CreateSql = "create table written (number int not null primary key, word varchar(20) null, visits int null, day char(10) null)";
    private const string InsertSql = "insert into written (number, word, visits, day) values (@Number, @Word, @Visits, @Day)";
    private const string WordSql = "select number from written where word = @Word order by number";

    private static readonly DateOnly Monday = new(2026, 11, 16);

    private static readonly Row[] Rows =
    [
        new(1, null, null, Monday),
        new(2, "a", null, Monday),
        new(3, "a", 5, null),
        new(4, null, 5, Monday),
        new(5, "b", null, Monday.AddDays(1)),
        new(6, "b", 6, Monday.AddDays(1)),
    ];

    [Test]
    public async Task Rows_are_stored_found_and_asked_for_one_by_one()
    {
        await using var scope = App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        await db.Begin(write: true, CancellationToken.None);
        await db.Execute(CreateSql, null, CancellationToken.None);
        await db.ExecuteEach(InsertSql, Rows, CancellationToken.None);
        var stored = await db.Query<(int, string?, int?, string?)>("select number, word, visits, day from written order by number", null, CancellationToken.None);
        var asked = new Asked[] { new("b"), new("nobody"), new("a"), new("a") };
        var found = await db.Found(WordSql, asked, CancellationToken.None);
        var numbers = await db.QueryEach<int>(WordSql, asked, CancellationToken.None);
        var none = await db.QueryEach<int>(WordSql, [], CancellationToken.None);
        await db.Rollback();

        Assert.That(stored, Is.EqualTo(Rows.Select(r => (r.Number, r.Word, r.Visits, r.Day?.ToString("O", CultureInfo.InvariantCulture)))));
        Assert.That(found.Select(w => w.Word), Is.EqualTo(new[] { "b", "a", "a" }));
        Assert.That(numbers, Is.EqualTo(new[] { 5, 6, 2, 3, 2, 3 }));
        Assert.That(none, Is.Empty);
    }

    private sealed record Row(int Number, string? Word, int? Visits, DateOnly? Day);

    private sealed record Asked(string Word);
}
