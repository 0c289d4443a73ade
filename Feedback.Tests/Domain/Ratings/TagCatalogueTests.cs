using Feedback.Data;
using Feedback.Domain.Ratings;
using Feedback.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Tests.Domain.Ratings;

internal sealed class TagCatalogueTests
{
    [Test]
    public async Task The_shipped_catalogue_is_the_national_one()
    {
        await using var app = await TestApp.Start();
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        await db.Begin(write: false, CancellationToken.None);
        var catalogue = (await scope.ServiceProvider.GetRequiredService<ReferenceData>().Read(db, CancellationToken.None)).TagsOn(new DateOnly(2026, 11, 22));

        Assert.That(catalogue.Version, Is.EqualTo(2));
        Assert.That(catalogue.Tags, Has.Count.EqualTo(40));
        Assert.That(Grades.All.Select(g => catalogue.Of(g).Count()), Is.All.EqualTo(8));
        Assert.That(Grades.All.Select(g => catalogue.Of(g).Count(t => t.Core)), Is.All.EqualTo(3));
        Assert.That(catalogue.Tags, Is.All.Matches<Tag>(t => t.Code[0] - '0' == (int)t.Grade));
        Assert.That(catalogue.Tags.Where(t => t.Signal is not null).Select(t => t.Code), Is.EquivalentTo(new[] { "209", "110", "207", "208", "210", "108", "109", "113", "114", "212", "214", "115" }));
    }
}
