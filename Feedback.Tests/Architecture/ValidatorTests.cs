using System.Text.RegularExpressions;
using FluentValidation;

namespace Feedback.Tests.Architecture;

/// <summary>
/// A code and a message given after a chain of checks belong to the last one only; the others would answer with the library's own
/// words. So every check bears a code of ours.
/// </summary>
internal sealed partial class ValidatorTests
{
    private static readonly Type[] Validators = [.. typeof(Feedback.Program).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(IValidator)))];

    [Test]
    public void Every_check_has_a_code_of_ours()
    {
        var strangers =
            from type in Validators
            from rule in ((IValidator)Activator.CreateInstance(type)!).CreateDescriptor().Rules
            from check in rule.Components
            where check.Validator.Name != "ChildValidatorAdaptor" && !Code().IsMatch(check.ErrorCode ?? "")
            select $"{type.FullName} {rule.PropertyName} {check.Validator.Name}";

        Assert.That(Validators, Has.Length.GreaterThan(5), "the guard looks at something");
        Assert.That(strangers, Is.Empty);
    }

    [GeneratedRegex("^[a-z]+(_[a-z]+)+$")]
    private static partial Regex Code();
}
