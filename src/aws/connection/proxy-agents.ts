import type { ClientRequest } from 'node:http'
import { HttpProxyAgent } from 'http-proxy-agent'
import { HttpsProxyAgent } from 'https-proxy-agent'

/** Loaded only where a proxy is set. `certificates`: what is trusted of the proxy and of AWS, in PEM form. */
export function openProxyAgents(proxy: URL, certificates: string | undefined) {
  const trusted = certificates === undefined ? {} : { ca: certificates }
  const options = { keepAlive: true, maxSockets: 50, ...trusted }
  return {
    httpAgent: new HttpProxyAgent(proxy, options),
    httpsAgent: new TunnelAgent(proxy, options, trusted),
  }
}

/** The library keeps the certificates to itself for the proxy; behind the tunnel they count as well. */
class TunnelAgent extends HttpsProxyAgent<string> {
  readonly #trusted: { readonly ca?: string }

  constructor(
    proxy: URL,
    options: ConstructorParameters<typeof HttpsProxyAgent<string>>[1],
    trusted: { readonly ca?: string },
  ) {
    super(proxy, options)
    this.#trusted = trusted
  }

  override connect(request: ClientRequest, options: Parameters<HttpsProxyAgent<string>['connect']>[1]) {
    return super.connect(request, { ...options, ...this.#trusted })
  }
}
