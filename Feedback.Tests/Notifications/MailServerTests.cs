using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Feedback.Notifications;
using Feedback.Security;
using Feedback.Tests.Harness;
using Microsoft.Extensions.Configuration;

namespace Feedback.Tests.Notifications;

/// <summary>The connection to the mail server: encryption, certificates, sign-in, and what is told of it.</summary>
internal sealed class MailServerTests
{
    private const string Password = "not-for-the-log-7";
    private static readonly EmailText News = new("您反映的事情有新进展 / News on what you told us", "第一行\nsecond line\n");

    private static readonly MailSecurity[] Encrypted = [MailSecurity.StartTls, MailSecurity.Tls];

    [TestCaseSource(nameof(Encrypted))]
    public async Task An_encrypted_connection_to_a_trusted_server_delivers(MailSecurity security)
    {
        using var certificate = SelfMade("127.0.0.1");
        using var listener = new MailListener { Security = security, Certificate = certificate, SignInReply = "235 Welcome" };

        Assert.That(await Send(listener, security, certificate, user: "feedback"), Is.EqualTo(DeliveryResult.Delivered));
        var mail = listener.Mails.Single();
        Assert.That((mail.From, mail.To, mail.Headers["subject"]), Is.EqualTo(("no-reply@fw.example.gov.cn", "head@example.gov.cn", News.Subject)));
        Assert.That(mail.Text, Is.EqualTo("第一行\r\nsecond line\r\n"), "lines of a text end with CRLF inside base64, too");
        Assert.That(listener.Heard.Where(h => !h.Encrypted).Select(h => h.Text.Split(' ')[0]), Is.EqualTo(security == MailSecurity.Tls ? [] : new[] { "EHLO", "STARTTLS" }));
        Assert.That(listener.Heard.Where(h => h.Encrypted).Select(h => h.Text.Split(' ', ':')[0]), Is.EqualTo(new[] { "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "QUIT" }));
        Assert.That(listener.Heard.Single(h => h.Text.StartsWith("AUTH", StringComparison.Ordinal)).Text, Is.EqualTo("AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0feedback\0{Password}"))));
    }

    [TestCaseSource(nameof(Encrypted))]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_before_anything_is_said(MailSecurity security)
    {
        using var certificate = SelfMade("127.0.0.1");
        using var listener = new MailListener { Security = security, Certificate = certificate, SignInReply = "235 Welcome" };

        var result = await Send(listener, security, trusted: null, user: "feedback");
        Assert.That(result.Outcome, Is.EqualTo(DeliveryOutcome.Failed));
        Assert.That(result.Error, Does.StartWith("unreachable: ").And.Contain("certificate").And.Not.Contain(Password));
        Assert.That(listener.Heard.Where(h => h.Encrypted), Is.Empty);
        Assert.That(listener.Mails, Is.Empty);
    }

    [Test]
    public async Task A_trusted_certificate_of_another_name_is_refused()
    {
        using var certificate = SelfMade("elsewhere.example.gov.cn");
        using var listener = new MailListener { Security = MailSecurity.Tls, Certificate = certificate };

        Assert.That((await Send(listener, MailSecurity.Tls, certificate)).Error, Does.StartWith("unreachable: ").And.Contain("certificate"));
        Assert.That(listener.Mails, Is.Empty);
    }

    [Test]
    public async Task A_server_that_does_not_offer_STARTTLS_is_sent_nothing()
    {
        using var listener = new MailListener { SignInReply = "235 Welcome" };

        var result = await Send(listener, MailSecurity.StartTls, user: "feedback");
        Assert.That(result.Outcome, Is.EqualTo(DeliveryOutcome.Failed));
        Assert.That(result.Error, Does.StartWith("unreachable: ").And.Contain("STARTTLS"));
        Assert.That(listener.Heard.Select(h => h.Text.Split(' ')[0]), Is.SubsetOf(new[] { "EHLO", "QUIT" }));
    }

    [Test]
    public async Task A_refused_sign_in_is_tried_again_later_and_told_by_its_code()
    {
        using var listener = new MailListener { SignInReply = "535 5.7.8 Who are you?" };

        var result = await Send(listener, MailSecurity.None, user: "feedback");
        Assert.That(result.Outcome, Is.EqualTo(DeliveryOutcome.Failed));
        Assert.That(result.Error, Does.StartWith("smtp_535: ").And.Contain("Who are you?").And.Not.Contain(Password));
        Assert.That(listener.Mails, Is.Empty);
    }

    [Test]
    public async Task A_message_that_was_taken_is_delivered_although_the_server_does_not_say_goodbye()
    {
        using var listener = new MailListener { IsSilentAtTheEnd = true };
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(3));

        Assert.That(await Send(listener, MailSecurity.None, ct: limit.Token), Is.EqualTo(DeliveryResult.Delivered));
        Assert.That(listener.Heard.Select(h => h.Text), Does.Contain("QUIT"));
        Assert.That(listener.Mails, Has.Count.EqualTo(1));
    }

    [TestCase(MailSecurity.None)]
    [TestCase(MailSecurity.StartTls)]
    [TestCase(MailSecurity.Tls)]
    public void An_attempt_with_a_server_that_says_nothing_can_be_ended(MailSecurity security)
    {
        using var listener = new MailListener { IsSilent = true };
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        Assert.That(async () => await Send(listener, security, ct: limit.Token).WaitAsync(TimeSpan.FromSeconds(60)), Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase(MailSecurity.StartTls, 587)]
    [TestCase(MailSecurity.None, 25, "Mail:StartTls=false")]
    [TestCase(MailSecurity.StartTls, 587, "Mail:StartTls=true")]
    [TestCase(MailSecurity.Tls, 465, "Mail:Security=Tls")]
    [TestCase(MailSecurity.Tls, 465, "Mail:Security=tls", "Mail:StartTls=false")]
    [TestCase(MailSecurity.StartTls, 2525, "Mail:Security=StartTls", "Mail:Port=2525")]
    [TestCase(MailSecurity.None, 25, "Mail:Security=None")]
    public void The_settings_say_how_to_connect(MailSecurity security, int port, params string[] settings)
    {
        var loaded = Load(settings);
        Assert.That((loaded.Security, loaded.Port), Is.EqualTo((security, port)));
    }

    [TestCase("Ssl")]
    [TestCase("1")]
    public void An_unknown_encryption_stops_the_start(string text) =>
        Assert.That(() => Load("Mail:Security=" + text), Throws.TypeOf<SetupException>().With.Message.Contains("Mail:Security").And.Message.Contains("StartTls, Tls, None"));

    private static MailSettings Load(params string[] settings) => MailSettings.Load(new ConfigurationBuilder().AddInMemoryCollection(
        settings.Concat(["Mail:Host=mail.example.gov.cn", "Mail:From=no-reply@fw.example.gov.cn"]).Select(s => s.Split('=')).Select(s => KeyValuePair.Create(s[0], (string?)s[1]))).Build());

    private static Task<DeliveryResult> Send(MailListener listener, MailSecurity security, X509Certificate2? trusted = null, string? user = null, CancellationToken ct = default) =>
        new MailServer(new MailSettings("127.0.0.1", listener.Port, "no-reply@fw.example.gov.cn", security, user, Password), TimeProvider.System)
        {
            CertificateCheck = trusted is null ? null : (_, certificate, _, errors) => IsVouchedFor((X509Certificate2)certificate!, trusted, errors),
        }.Send(Guid.NewGuid(), "head@example.gov.cn", News, ct);

    /// <summary>The system's own check, were the certificate among those that it trusts.</summary>
    private static bool IsVouchedFor(X509Certificate2 certificate, X509Certificate2 trusted, SslPolicyErrors errors)
    {
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { trusted }, RevocationMode = X509RevocationMode.NoCheck } };
        return (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None && chain.Build(certificate);
    }

    private static X509Certificate2 SelfMade(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + host, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address)) names.AddIpAddress(address);
        else names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        // Not every system's TLS takes a key that lives in memory only.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
