namespace Feedback.Tests.Harness;

/// <summary>The engines that the suite can run on, by the name that the setting <c>Database:Provider</c> has for them. <see cref="Engines"/> says which it runs on.</summary>
public enum Engine
{
    Sqlite,
    SqlServer,
}
