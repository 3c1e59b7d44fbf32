/**
 * What an address that calls are to be sent to is not; undefined: it is fine. A user and a password in it would be sent
 * nowhere, since every call is signed, and would be told wherever the endpoint is.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function endpointFault(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return 'an http or https address'
  return url.username || url.password ? 'an address without user and password' : undefined
}

/** An address as it may be told: what stands before an @ may be a password. */
export function withoutUser(text: string): string {
  const start = text.indexOf('//') + 2
  const end = text.lastIndexOf('@') + 1
  return start < 2 || end < start ? text : text.slice(0, start) + text.slice(end)
}
