using System.Xml.Linq;
using Dapper;
using Feedback.Data;
using Feedback.Security;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace Feedback.Accounts;

/// <summary>
/// The framework's keys for cookies and forms, in the database so that every Api process reads the others' cookies, and sealed so
/// that a stolen database signs nobody in. The framework asks synchronously, outside any request.
/// </summary>
internal sealed class KeyRing(Dialect dialect, Vault vault, TimeProvider time) : IXmlRepository, IConfigureOptions<KeyManagementOptions>
{
    private const string AllSql = "select body from data_protection_key order by created_at";
    private const string StoreSql = "insert into data_protection_key (name, body, created_at) values (@name, @body, @now)";

    public void Configure(KeyManagementOptions options) => options.XmlRepository = this;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = dialect.Connect();
        connection.Open();
        return [.. connection.Query<byte[]>(AllSql).Select(body => XElement.Parse(vault.Open(Purpose.KeyRing, body)))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = dialect.Connect();
        connection.Open();
        var body = vault.Seal(Purpose.KeyRing, element.ToString(SaveOptions.DisableFormatting));
        connection.Execute(StoreSql, new { name = Keys.New(time).ToString("N") + friendlyName, body, now = time.GetUtcNow() });
    }
}
