using Feedback.Domain;

namespace Feedback.Tests.Architecture;

/// <summary>The guards are worth what the reader sees: here it reads code that breaks rules on purpose.</summary>
internal sealed class CompiledTests
{
    private static readonly IReadOnlyList<Use> Uses = [.. typeof(CompiledTests).Assembly.GetTypes().SelectMany(Compiled.UsesOf).Where(u => u.By == typeof(Offender))];

    [TestCase(typeof(DateTimeOffset), "get_UtcNow", TestName = "A clock read in an iterator is seen")]
    [TestCase(typeof(File), "ReadAllTextAsync", TestName = "A file read in a lambda inside an async method is seen")]
    [TestCase(typeof(Bilingual), "ToString", TestName = "A call of an override on a value is seen")]
    [TestCase(typeof(Console), "get_Out", TestName = "A method that is only pointed at is seen")]
    public void A_member_is_seen(Type type, string member) =>
        Assert.That(Uses.Where(u => u.Of == type && u.What.Name == member), Is.Not.Empty);

    [TestCase(typeof(HttpClient), TestName = "A field's generic argument is seen")]
    [TestCase(typeof(ObsoleteAttribute), TestName = "An attribute is seen")]
    [TestCase(typeof(System.Data.DataTable), TestName = "A cast is seen")]
    public void A_type_is_seen(Type type) => Assert.That(Uses.Select(u => u.What), Does.Contain(type));

    [Test]
    public void What_is_not_used_is_not_reported() =>
        Assert.That(Uses.Where(u => u.Of == typeof(Directory) || u is { What.Name: "get_Now" }), Is.Empty);

    [Test]
    public void Literals_and_constants_are_read() => Assert.Multiple(() =>
    {
        Assert.That(typeof(CompiledTests).Assembly.GetTypes().Where(t => Compiled.Writer(t) == typeof(Offender)).SelectMany(Compiled.Literals), Does.Contain("a literal in a lambda"));
        Assert.That(Compiled.Constants(typeof(Offender)), Does.Contain(("Kept", "a constant")));
    });

    private sealed class Offender
    {
        public const string Kept = "a constant";

        public readonly Lazy<HttpClient[]> Clients = new(() => []);

        public static IEnumerable<DateTimeOffset> Clock()
        {
            yield return DateTimeOffset.UtcNow;
        }

        public static async Task<string> Read(string[] files) =>
            string.Concat(await Task.WhenAll(files.Select(async file => await File.ReadAllTextAsync(file) + "a literal in a lambda")));

        [Obsolete(Kept)]
        public static Func<TextWriter> Point() => static () => Console.Out;

        public static string Speak(Bilingual text) => text.ToString();

        public static bool Cast(object value) => value is System.Data.DataTable;
    }
}
