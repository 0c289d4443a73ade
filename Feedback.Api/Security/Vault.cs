using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Feedback.Security;

/// <summary>
/// Everything that must be read back and must not lie open in the database: contacts, what citizens said, answers kept for
/// repeated requests. AES-256-GCM; each purpose has a key of its own, derived from the master key (HKDF, RFC 5869).
/// </summary>
public sealed class Vault
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly byte[] _master;
    private readonly ConcurrentDictionary<string, byte[]> _keys = new();

    /// <param name="masterKey">32 bytes that are not in the database.</param>
    public Vault(byte[] masterKey)
    {
        if (masterKey.Length != 32) throw new ArgumentException("The master key has 32 bytes.", nameof(masterKey));
        _master = masterKey;
    }

    /// <summary>A key for one purpose; the same each time.</summary>
    public byte[] KeyFor(string purpose) => _keys.GetOrAdd(purpose, p => HKDF.DeriveKey(HashAlgorithmName.SHA256, _master, 32, info: Encoding.UTF8.GetBytes(p)));

    /// <summary>A keyed hash: equal inputs can be found again, and nothing can be guessed from it without the key.</summary>
    public byte[] Hash(string purpose, string value) => HMACSHA256.HashData(KeyFor("hash:" + purpose), Encoding.UTF8.GetBytes(value));

    /// <summary>Layout: version (1), nonce (12), tag (16), text.</summary>
    public byte[] Seal(string purpose, string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedText = new byte[1 + NonceLength + TagLength + plain.Length];
        sealedText[0] = Version;
        var nonce = sealedText.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(KeyFor("seal:" + purpose), TagLength);
        aes.Encrypt(nonce, plain, sealedText.AsSpan(1 + NonceLength + TagLength), sealedText.AsSpan(1 + NonceLength, TagLength), [Version]);
        return sealedText;
    }

    /// <exception cref="CryptographicException">Another key, another purpose, or changed bytes.</exception>
    public string Open(string purpose, byte[] sealedText)
    {
        if (sealedText.Length < 1 + NonceLength + TagLength || sealedText[0] != Version) throw new CryptographicException("Not sealed by this product.");
        var plain = new byte[sealedText.Length - 1 - NonceLength - TagLength];
        using var aes = new AesGcm(KeyFor("seal:" + purpose), TagLength);
        aes.Decrypt(sealedText.AsSpan(1, NonceLength), sealedText.AsSpan(1 + NonceLength + TagLength), sealedText.AsSpan(1 + NonceLength, TagLength), plain, [Version]);
        return Encoding.UTF8.GetString(plain);
    }
}

/// <summary>The purposes keys are derived for; a text sealed for one cannot be opened for another.</summary>
internal static class Purpose
{
    public const string Contact = "contact";
    public const string Complaint = "complaint";
    public const string Answer = "answer";
    public const string Signature = "signature";
    public const string QueryCode = "query-code";
    public const string WindowToken = "window-token";
    public const string Screen = "screen";
    public const string PresenceCode = "presence-code";
    public const string PresenceProof = "presence-proof";
    public const string Idempotency = "idempotency";
    public const string ApiToken = "api-token";
    public const string KeyRing = "key-ring";
    public const string History = "history";
    public const string Anchor = "anchor";
    public const string Device = "device";
    public const string Network = "network";
    public const string Comment = "comment";
    public const string Webhook = "webhook";
    public const string SecondFactor = "second-factor";
    public const string SecondFactorProposal = "second-factor-proposal";
    public const string RecoveryCode = "recovery-code";
    public const string Session = "session";
}
