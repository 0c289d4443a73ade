using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Casework.Pictures;

/// <summary>A picture as it is kept: a JPEG that we made, upright, with nothing in it but what can be seen.</summary>
/// <param name="Jpeg">The file; an idempotency key compares what was sent instead.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Sent">SHA-256 of the file that was sent, in hexadecimal.</param>
public sealed record CleanPicture([property: JsonIgnore] byte[] Jpeg, int Width, int Height, string Sent);

/// <summary>
/// Makes pictures anew from what was sent, before any transaction begins: decoding takes seconds, and SQLite has one writer. One bad
/// picture refuses all, by its place.
/// </summary>
/// <param name="Files">With their lengths; what else the sender says of them (name, type) counts for nothing.</param>
public sealed record CleanPictures(IReadOnlyList<Stream> Files) : IQuery<IReadOnlyList<CleanPicture>>, IWithoutDatabase
{
    internal sealed class Handler : IRequestHandler<CleanPictures, Outcome<IReadOnlyList<CleanPicture>>>
    {
        /// <summary>In the whole process: an unpacked picture takes up to 200 MB.</summary>
        private static readonly SemaphoreSlim OneAtATime = new(1);

        public async Task<Outcome<IReadOnlyList<CleanPicture>>> Handle(CleanPictures request, CancellationToken cancellationToken)
        {
            if (request.Files.Count > PictureRules.Most) return DomainRefusals.TooManyPictures;
            var pictures = new List<CleanPicture>();
            for (var place = 0; place < request.Files.Count; place++)
            {
                if (request.Files[place].Length > PictureRules.LargestFile) return DomainRefusals.PictureTooLarge(place);
                var made = await Clean(request.Files[place], place, cancellationToken);
                if (made.Refusal is { } refusal) return refusal;
                pictures.Add(made.Value);
            }

            return pictures;
        }

        private static async Task<Outcome<CleanPicture>> Clean(Stream file, int place, CancellationToken ct)
        {
            var sent = new byte[file.Length];
            await file.ReadExactlyAsync(sent, ct);
            await OneAtATime.WaitAsync(ct);
            try
            {
                return PictureMaker.Make(sent, place).Match<Outcome<CleanPicture>>(
                    made => new CleanPicture(made.Jpeg, made.Width, made.Height, Convert.ToHexString(SHA256.HashData(sent))), refusal => refusal);
            }
            finally
            {
                OneAtATime.Release();
            }
        }
    }
}
