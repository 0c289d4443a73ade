namespace Feedback.Domain.Staff;

/// <summary>What a password must not be: short, the account itself, or one of those that are tried first.</summary>
public static class PasswordRule
{
    public const int Shortest = 10;

    private static readonly HashSet<string> Commonest = new(StringComparer.OrdinalIgnoreCase)
    {
        "1234567890", "0123456789", "0987654321", "9876543210", "12345678910", "1234567891", "1122334455", "1029384756", "1231231234", "5201314520", "a123456789", "123456789a",
        "qwertyuiop", "1qaz2wsx3edc", "1q2w3e4r5t", "q1w2e3r4t5", "qwerty12345", "qwerty123456", "qazwsxedcrfv", "asdfghjkl1", "zaq12wsxcde3", "password12", "password123", "password1234",
        "passw0rd123", "p@ssw0rd123", "mypassword", "administrator", "admin12345", "admin123456", "adminadmin", "iloveyou12", "iloveyou123", "letmein123", "welcome123", "changeme123",
        "woaini1314", "woaini520", "woaini1314520", "feedback123", "abcdefghij", "abc1234567", "abcd123456", "abc123456789",
    };

    public static bool IsLongEnough(string? password) => password is { Length: >= Shortest };

    public static bool IsGuessable(string password, string? login) =>
        string.Equals(password, login, StringComparison.OrdinalIgnoreCase) || Commonest.Contains(password) || password.Distinct().Count() < 3;
}
