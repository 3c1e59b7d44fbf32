import { NodeHttpHandler, type NodeHttpHandlerOptions } from '@smithy/node-http-handler'
import type { ProxyChoice } from './proxy.js'
import { openProxyAgents } from './proxy-agents.js'

/** Chooses for each request, because one service may be reached directly and another not. */
export function openProxiedTransport(
  direct: NodeHttpHandlerOptions,
  proxies: ProxyChoice,
  certificates: string | undefined,
) {
  const straight = new NodeHttpHandler(direct)
  const through = new Map<string, NodeHttpHandler>()
  const handlerFor = (proxy: URL | undefined) => {
    if (proxy === undefined) return straight
    const handler =
      through.get(proxy.href) ?? new NodeHttpHandler({ ...direct, ...openProxyAgents(proxy, certificates) })
    through.set(proxy.href, handler)
    return handler
  }
  const all = () => [straight, ...through.values()]
  return {
    metadata: straight.metadata,
    handle: (...[request, options]: Parameters<typeof straight.handle>) =>
      handlerFor(proxies(request)).handle(request, options),
    updateHttpClientConfig: (...given: Parameters<typeof straight.updateHttpClientConfig>) => {
      for (const handler of all()) handler.updateHttpClientConfig(...given)
    },
    httpHandlerConfigs: () => straight.httpHandlerConfigs(),
    destroy: () => {
      for (const handler of all()) handler.destroy()
    },
  }
}
