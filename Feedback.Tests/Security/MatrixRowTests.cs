namespace Feedback.Tests.Security;

/// <summary>Cells belong to the callers that their columns name, whatever the order; a table that does not say whose a cell is, is refused.</summary>
internal sealed class MatrixRowTests
{
    private const string Names = "endpoint Admin Auditor Inspector BureauLeader HallSupervisor UnitHead Handler Citizen";

    [Test]
    public void A_cell_belongs_to_the_caller_that_its_column_names()
    {
        var row = MatrixRow.Parse([Names, "GET /x 1 2 3 4 5 6 200/403 404"]).Single();

        Assert.That(row.Endpoint, Is.EqualTo("GET /x"));
        Assert.That((row.Expected(Caller.Admin, 0), row.Expected(Caller.Citizen, 3)), Is.EqualTo(("1", "404")));
        Assert.That((row.Expected(Caller.Handler, 0), row.Expected(Caller.Handler, 1), row.Expected(Caller.Handler, 2)), Is.EqualTo(("200", "403", "nothing")));
    }

    [Test]
    public void What_is_written_is_read_again()
    {
        var row = MatrixRow.Parse(MatrixRow.Write("GET /x", Enum.GetValues<Caller>().Select(c => new[] { c.ToString(), "403" })).Split('\n')).Single();

        Assert.That(row.Cells, Is.EqualTo(Enum.GetValues<Caller>().ToDictionary(c => c, c => $"{c}/403")));
    }

    [TestCase("GET /x 1 2 3 4 5 6 7 8", TestName = "A row without names of its columns is refused")]
    [TestCase("endpoint Admin Citizen", TestName = "A missing column is refused")]
    [TestCase(Names + " Admin", TestName = "A column named twice is refused")]
    [TestCase("endpoint Visitor", TestName = "A column of nobody is refused")]
    [TestCase(Names + "\nGET /x 1 2 3 4 5 6 7", TestName = "A missing cell is refused")]
    public void A_table_that_does_not_say_whose_a_cell_is_is_refused(string text) =>
        Assert.That(() => MatrixRow.Parse(text.Split('\n')).ToList(), Throws.TypeOf<FormatException>());
}
