using Microsoft.AspNetCore.Identity;

namespace Feedback.Accounts;

/// <summary>The framework's password hashing (PBKDF2).</summary>
internal static class Passwords
{
    private static readonly PasswordHasher<string> Hasher = new();

    public static string Hash(string login, string password) => Hasher.HashPassword(login, password);

    public static PasswordVerificationResult Verify(string login, string hash, string password) => Hasher.VerifyHashedPassword(login, hash, password);
}
