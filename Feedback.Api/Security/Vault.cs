using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Feedback.Security;

/// <summary>
/// Everything that must be read back and must not lie open in the database: contacts, what citizens said, answers kept for
/// repeated requests. AES-256-GCM; each purpose has a key of its own, derived (HKDF, RFC 5869) from one of the vault's keys. What is
/// sealed names the key it was sealed with, so that keys can be rotated; hashes and signatures stay with the first key for good,
/// because what they stand for was printed or handed out.
/// </summary>
public sealed class Vault
{
    private const byte Unnamed = 1;
    private const byte Named = 2;
    private const int NameLength = 4;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly byte[] _master;
    private readonly Func<IReadOnlyList<byte[]>>? _reload;
    private readonly ConcurrentDictionary<(string Purpose, string Key), byte[]> _derived = new();
    private volatile Ring _ring;

    /// <param name="keys">Oldest first, 32 bytes each, none of them in the database; the first makes hashes and signatures, the last one seals.</param>
    /// <param name="reload">Reads the keys again, for what was sealed with one that this process has not seen yet.</param>
    public Vault(IReadOnlyList<byte[]> keys, Func<IReadOnlyList<byte[]>>? reload = null)
    {
        _ring = new Ring(keys);
        _master = keys[0];
        _reload = reload;
    }

    /// <summary>What everything begins with that was sealed with the newest key: <see cref="HeaderLength"/> bytes.</summary>
    public byte[] Header => _ring.Newest.Header;

    public static int HeaderLength => 1 + NameLength;

    /// <summary>A key for one purpose; the same each time, however often the sealing keys are rotated.</summary>
    public byte[] KeyFor(string purpose) => Derive(purpose, _master, "");

    /// <summary>A keyed hash: equal inputs can be found again, and nothing can be guessed from it without the key.</summary>
    public byte[] Hash(string purpose, string value) => HMACSHA256.HashData(KeyFor("hash:" + purpose), Encoding.UTF8.GetBytes(value));

    public byte[] Seal(string purpose, string text) => Seal(purpose, Encoding.UTF8.GetBytes(text));

    /// <summary>Layout: version (1), name of the key (4), nonce (12), tag (16), content.</summary>
    public byte[] Seal(string purpose, byte[] plain) => SealEach(purpose, [plain])[0];

    /// <summary>Several at once, in their order: setting the cipher up costs more than sealing a short text.</summary>
    public IReadOnlyList<byte[]> SealEach(string purpose, IReadOnlyCollection<byte[]> plains)
    {
        var key = _ring.Newest;
        var header = key.Header;
        using var aes = new AesGcm(Derive("seal:" + purpose, key.Bytes, key.Name), TagLength);
        var nonces = RandomNumberGenerator.GetBytes(plains.Count * NonceLength);
        return [.. plains.Select((plain, i) => SealOne(aes, header, nonces.AsSpan(i * NonceLength, NonceLength), plain))];
    }

    private static byte[] SealOne(AesGcm aes, byte[] header, ReadOnlySpan<byte> nonce, byte[] plain)
    {
        var sealedText = new byte[header.Length + NonceLength + TagLength + plain.Length];
        header.CopyTo(sealedText, 0);
        var body = sealedText.AsSpan(header.Length);
        nonce.CopyTo(body);
        aes.Encrypt(nonce, plain, body[(NonceLength + TagLength)..], body.Slice(NonceLength, TagLength), header);
        return sealedText;
    }

    /// <exception cref="CryptographicException">A key that is not known, another purpose, or changed bytes.</exception>
    public string Open(string purpose, byte[] sealedText) => Encoding.UTF8.GetString(OpenBytes(purpose, sealedText));

    /// <summary>The same for what is no text.</summary>
    /// <exception cref="CryptographicException">A key that is not known, another purpose, or changed bytes.</exception>
    public byte[] OpenBytes(string purpose, byte[] sealedText)
    {
        var headerLength = sealedText is [Unnamed, ..] ? 1 : HeaderLength;
        if (sealedText.Length < headerLength + NonceLength + TagLength || sealedText[0] is not (Unnamed or Named)) throw new CryptographicException("Not sealed by this product.");
        var header = sealedText.AsSpan(0, headerLength);
        var body = sealedText.AsSpan(headerLength);

        // Before keys had names there was one.
        var key = sealedText[0] == Unnamed ? new Key(_master) : Find(Convert.ToHexString(header[1..]));
        var plain = new byte[body.Length - NonceLength - TagLength];
        using var aes = new AesGcm(Derive("seal:" + purpose, key.Bytes, key.Name), TagLength);
        aes.Decrypt(body[..NonceLength], body[(NonceLength + TagLength)..], body.Slice(NonceLength, TagLength), plain, header);
        return plain;
    }

    private Key Find(string name)
    {
        if (_ring.Find(name) is { } known) return known;
        if (_reload is not null) _ring = new Ring(_reload());
        return _ring.Find(name) ?? throw new CryptographicException("Sealed with a key that is not among ours.");
    }

    private byte[] Derive(string purpose, byte[] key, string name) =>
        _derived.GetOrAdd((purpose, name), static (p, from) => HKDF.DeriveKey(HashAlgorithmName.SHA256, from, 32, info: Encoding.UTF8.GetBytes(p.Purpose)), key);

    private sealed class Key(byte[] bytes)
    {
        public byte[] Bytes => bytes;

        /// <summary>Says nothing of the key.</summary>
        public string Name { get; } = Convert.ToHexString(HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, NameLength, info: "name"u8.ToArray()));

        public byte[] Header => [Named, .. Convert.FromHexString(Name)];
    }

    private sealed class Ring
    {
        private readonly Dictionary<string, Key> _byName;

        public Ring(IReadOnlyList<byte[]> keys)
        {
            if (keys.Count == 0 || keys.Any(k => k.Length != 32)) throw new ArgumentException("A key has 32 bytes, and there is at least one.", nameof(keys));
            var all = keys.Select(k => new Key(k)).ToList();
            Newest = all[^1];
            _byName = all.DistinctBy(k => k.Name).ToDictionary(k => k.Name);
        }

        public Key Newest { get; }

        public Key? Find(string name) => _byName.GetValueOrDefault(name);
    }
}

/// <summary>The purposes keys are derived for; a text sealed for one cannot be opened for another.</summary>
internal static class Purpose
{
    public const string Contact = "contact";
    public const string Complaint = "complaint";
    public const string Answer = "answer";
    public const string Message = "message";
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
    public const string Picture = "picture";
    public const string PictureTicket = "picture-ticket";
    public const string Webhook = "webhook";
    public const string SecondFactor = "second-factor";
    public const string SecondFactorProposal = "second-factor-proposal";
    public const string RecoveryCode = "recovery-code";
    public const string Session = "session";
}
