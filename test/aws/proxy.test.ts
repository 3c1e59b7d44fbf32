import { describe, expect, test } from 'vitest'
import { readCaller } from '../../src/aws/caller-identity.js'
import { type ConnectionSettings, createClients } from '../../src/aws/clients.js'
import { proxiesIn } from '../../src/aws/connection/proxy.js'
import { localProxy, ownAuthority, tlsFront } from '../support/own-authority.js'
import { findProgram, sqsTrigger } from '../support/run-command.js'
import { startTestSandbox } from '../support/sandbox.js'

const corp = 'http://proxy.corp:8080'

test.each<[string, Record<string, string>, string, string | undefined]>([
  ['https', { HTTPS_PROXY: corp }, 'https://sqs.eu-west-1.amazonaws.com', `${corp}/`],
  ['https alone', { HTTPS_PROXY: corp }, 'http://localstack:4566', undefined],
  ['http', { HTTP_PROXY: corp }, 'http://localstack:4566', `${corp}/`],
  [
    'small letters first',
    { https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:2' },
    'https://x.y',
    'http://a:1/',
  ],
  ['an address without a scheme', { HTTPS_PROXY: 'proxy.corp:8080' }, 'https://x.y', `${corp}/`],
  ['this machine never', { HTTP_PROXY: corp }, 'http://127.0.0.1:4566', undefined],
  ['localhost never', { HTTPS_PROXY: corp }, 'https://localhost:4566', undefined],
  [
    'a name of NO_PROXY',
    { HTTPS_PROXY: corp, NO_PROXY: 'a.b, amazonaws.com' },
    'https://sqs.amazonaws.com',
    undefined,
  ],
  [
    'a suffix of it',
    { HTTPS_PROXY: corp, NO_PROXY: '.amazonaws.com' },
    'https://sqs.amazonaws.com',
    undefined,
  ],
  [
    'no other that ends alike',
    { HTTPS_PROXY: corp, no_proxy: 'aws.com' },
    'https://sqs.amazonaws.com',
    `${corp}/`,
  ],
  ['one with its port', { HTTPS_PROXY: corp, NO_PROXY: 'x.y:443' }, 'https://x.y', undefined],
  ['one with another port', { HTTPS_PROXY: corp, NO_PROXY: 'x.y:8443' }, 'https://x.y', `${corp}/`],
  ['nothing with *', { HTTPS_PROXY: corp, NO_PROXY: '*' }, 'https://x.y', undefined],
])('through a proxy goes %s', (_, env, url, proxy) => {
  const { protocol, hostname, port } = new URL(url)
  const choose = proxiesIn(env)
  expect(choose?.({ protocol, hostname, ...(port === '' ? {} : { port: Number(port) }) })?.href).toBe(proxy)
})

test('without a variable there is no choice to make; a bad one is named, and not shown', () => {
  expect(proxiesIn({ NO_PROXY: 'x', ALL_PROXY: corp, HTTPS_PROXY: '' })).toBeUndefined()
  expect(() => proxiesIn({ HTTPS_PROXY: 'socks5://a:secret@b:1' })).toThrow(
    /^HTTPS_PROXY is a SOCKS proxy, which is not/,
  )
  expect(() => proxiesIn({ https_proxy: 'http://' })).toThrow(/^https_proxy is not the address of a proxy\.$/)
})

test('a call that reaches nobody is blamed on the proxy that it goes through, by its variable', async () => {
  const keys = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'x', AWS_MAX_ATTEMPTS: '1' }
  const env = { ...keys, AWS_CONFIG_FILE: '/nowhere', AWS_SHARED_CREDENTIALS_FILE: '/nowhere' }
  const failure = async (more: Record<string, string>) => {
    const clients = await createClients({ region: 'eu-west-1', env: { ...env, ...more } })
    return readCaller(clients).catch((error: unknown) => error)
  }
  const through = { https_proxy: 'http://me:secret@127.0.0.1:9' }
  expect(await failure(through)).toMatchObject({
    code: 'ENDPOINT_UNREACHABLE',
    hint: expect.stringContaining('the proxy that https_proxy names'),
  })
  expect(await failure({ ...through, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' })).toMatchObject({
    code: 'ENDPOINT_UNREACHABLE',
    hint: expect.not.stringContaining('proxy'),
  })
})

const openssl = await findProgram('openssl')

describe.skipIf(!openssl)(`on the wire${openssl ? '' : ' (openssl is not installed here)'}`, () => {
  const awsNames = ['DNS:*.eu-west-1.amazonaws.com', 'DNS:*.amazonaws.com', 'DNS:localhost', 'IP:127.0.0.1']

  async function startPlace(password?: string) {
    const { endpoint, credentials } = await startTestSandbox()
    const authority = ownAuthority(awsNames)
    const front = await tlsFront(authority, endpoint)
    const proxy = await localProxy(front.port, password)
    const env = {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_CONFIG_FILE: '/nowhere',
      AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
      AWS_REGION: 'eu-west-1',
    }
    const caller = async (settings: Partial<ConnectionSettings>) => {
      const clients = await createClients({ ...settings, env: { ...env, ...settings.env } })
      return (await readCaller(clients)).arn
    }
    return { endpoint, authority, front, proxy, env, caller }
  }

  test('AWS is reached through the tunnel of the proxy, with its name, and the own authority is trusted', async () => {
    const { authority, proxy, front, caller } = await startPlace('me:secret')
    const address = `http://me:secret@127.0.0.1:${proxy.port}`
    const arn = await caller({ env: { HTTPS_PROXY: address, AWS_CA_BUNDLE: authority.bundle } })
    expect(arn).toMatch(/:user\/developer$/)
    expect(proxy.seen).toEqual(['CONNECT sts.eu-west-1.amazonaws.com:443'])
    expect(front.seen).toEqual(['sts.eu-west-1.amazonaws.com POST /'])
  })

  test('a proxy that refuses is a failure that tells no password', async () => {
    const { authority, proxy, caller } = await startPlace('me:secret')
    const env = { HTTPS_PROXY: `http://me:wrong@127.0.0.1:${proxy.port}`, AWS_CA_BUNDLE: authority.bundle }
    const failure = await caller({ env }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'ENDPOINT_NOT_AWS', message: expect.stringContaining('HTTP 407') })
    expect(JSON.stringify(failure)).not.toContain('wrong')
  })

  test('a plain endpoint is asked for by its whole address', async () => {
    const { endpoint, caller } = await startPlace()
    const proxy = await localProxy(Number(new URL(endpoint).port))
    const env = {
      HTTP_PROXY: `http://127.0.0.1:${proxy.port}`,
      AWS_ENDPOINT_URL: 'http://localstack.test:4566',
    }
    expect(await caller({ env })).toMatch(/:user\/developer$/)
    expect(proxy.seen).toEqual(['POST http://localstack.test:4566/'])
  })

  test('what NO_PROXY names is not', async () => {
    const { authority, front, proxy, caller } = await startPlace()
    const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, AWS_CA_BUNDLE: authority.bundle }
    await caller({ env, endpointUrl: `https://localhost:${front.port}` })
    expect([proxy.seen.length, front.seen.length]).toEqual([0, 1])
  })

  test('certificates are trusted by flag, variable or profile, and otherwise not', async () => {
    const { authority, front, caller, env } = await startPlace()
    const endpointUrl = `https://127.0.0.1:${front.port}`
    await expect(caller({ endpointUrl })).rejects.toMatchObject({ code: 'ENDPOINT_UNREACHABLE' })
    await expect(caller({ endpointUrl, caBundle: authority.bundle })).resolves.toMatch(/developer/)
    await expect(caller({ endpointUrl, env: { AWS_CA_BUNDLE: authority.bundle } })).resolves.toMatch(
      /developer/,
    )
    const url = ['--endpoint-url', endpointUrl]
    const extra = await sqsTrigger(['list', ...url], {
      env: { ...env, NODE_EXTRA_CA_CERTS: authority.bundle },
    })
    const flag = await sqsTrigger(['list', ...url, '--ca-bundle', authority.bundle], { env })
    const twin = await sqsTrigger(['list', ...url], {
      env: { ...env, SQS_TRIGGER_CA_BUNDLE: authority.bundle },
    })
    expect([extra.code, flag.code, twin.code]).toEqual([0, 0, 0])
  })

  test.each([
    [
      '/nowhere/ca.pem',
      /^The certificates in "\/nowhere\/ca.pem" \(AWS_CA_BUNDLE\) cannot be read: ENOENT\.$/,
    ],
    [import.meta.filename, /\(AWS_CA_BUNDLE\) are none\.$/],
  ])('a bundle %s is refused before any call', async (bundle, said) => {
    const settings = { region: 'eu-west-1', env: { AWS_CA_BUNDLE: bundle } }
    await expect(createClients(settings)).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringMatching(said),
    })
  })
})
