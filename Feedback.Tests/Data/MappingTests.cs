using System.Data;
using Dapper;
using Feedback.Data;
using Feedback.Tests.Harness;
using Microsoft.Data.SqlClient;

namespace Feedback.Tests.Data;

internal sealed class MappingTests
{
    [Test]
    public void A_missing_key_goes_out_as_binary()
    {
        var parameter = new SqlParameter();
        SqlMapper.ITypeHandler handler = new Mapping.KeyHandler();

        handler.SetValue(parameter, DBNull.Value);
        Assert.That((parameter.SqlDbType, parameter.Value), Is.EqualTo((SqlDbType.VarBinary, (object)DBNull.Value)), "SQL Server refuses an untyped null in a binary column");
        handler.SetValue(parameter, Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"));
        Assert.That(parameter.Value, Is.EqualTo(Convert.FromHexString("00112233445566778899AABBCCDDEEFF")), "in network order, so that keys sort by time");
    }

    [Test]
    public async Task Keys_come_back_as_they_went_and_missing_ones_stay_missing()
    {
        await using var app = await TestApp.Start();
        await using var connection = app.Database.Dialect.Connect();
        await connection.OpenAsync();
        var key = Guid.CreateVersion7();

        Assert.That(await connection.QuerySingleAsync<Guid>("select @key", new { key }), Is.EqualTo(key));
        Assert.That(await connection.QuerySingleAsync<Guid?>("select @key", new { key = (Guid?)null }), Is.Null);
    }
}
