using System.Globalization;
using System.Security.Cryptography;

namespace Feedback.Domain.Cases;

/// <summary>
/// A case's number: the local day it was filed on and six random digits, <c>20261122-483920</c>. Random, so that a number says
/// nothing of how many cases there are.
/// </summary>
public static class CaseNumber
{
    public static string New(DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"{day:yyyyMMdd}-{RandomNumberGenerator.GetInt32(1_000_000):D6}");
}
