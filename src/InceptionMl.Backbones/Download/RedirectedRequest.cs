using System.Net;
using System.Net.Http.Headers;

namespace InceptionMl.Backbones.Download;

/// <summary>A GET that follows a bounded number of redirections, whatever the caller's handler follows by itself.</summary>
internal static class RedirectedRequest
{
    public static async Task<HttpResponseMessage> SendAsync(
        HttpClient client, Uri address, long from, RangeConditionHeaderValue? condition, int maxRedirects, CancellationToken cancellationToken)
    {
        Uri target = address;
        for (int redirects = 0; ; redirects++)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, target);
            // What is verified and gone on from are the published bytes, not some server's compression of them.
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
            if (condition is not null)
            {
                request.Headers.Range = new RangeHeaderValue(from, null);
                request.Headers.IfRange = condition;
            }

            HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location)
            {
                return response;
            }

            bool handlerGaveUp = response.RequestMessage?.RequestUri != target;
            response.Dispose();
            target = redirects < maxRedirects && !handlerGaveUp
                ? Next(target, location)
                : throw new BackboneException($"the server redirects more than {maxRedirects} times");
        }
    }

    private static Uri Next(Uri target, Uri location)
    {
        Uri next = new(target, location);
        return next.Scheme == Uri.UriSchemeHttps || (next.Scheme == Uri.UriSchemeHttp && target.Scheme == Uri.UriSchemeHttp)
            ? next
            : throw new BackboneException($"the server redirects to {next.Scheme}, which is not safe to follow");
    }

    private static bool IsRedirect(HttpStatusCode status) => status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found
        or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
}
