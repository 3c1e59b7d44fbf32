import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createClients } from '../../src/aws/clients.js'
import { type ConnectionSettings, resolveConnection } from '../../src/aws/connection/connection.js'

const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-'))
afterAll(() => rmSync(folder, { recursive: true }))

const configFile = join(folder, 'config')
const credentialsFile = join(folder, 'credentials')
writeFileSync(
  configFile,
  `[default]
region = eu-west-1
[profile prod]
region = eu-central-1
endpoint_url = http://127.0.0.1:1111
services = local
[profile no-region]
output = json
[profile deploy]
source_profile = middle
[profile middle]
source_profile = prod
[profile self]
source_profile = self
[services local]
sqs =
  endpoint_url = http://127.0.0.1:2222
[sso-session corp]
sso_region = eu-west-1
`,
)
writeFileSync(credentialsFile, '[keys-only]\naws_access_key_id = AKIAFILE\naws_secret_access_key = file\n')
const files = { AWS_CONFIG_FILE: configFile, AWS_SHARED_CREDENTIALS_FILE: credentialsFile }
const keys = { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 'env' }

const resolve = ({ env, ...settings }: Partial<ConnectionSettings>) =>
  resolveConnection({ ...settings, env: { ...files, ...env } })

describe('the Region', () => {
  it.each<[string, Partial<ConnectionSettings>, string]>([
    ['the flag first', { region: 'us-west-2', env: { AWS_REGION: 'us-east-1' } }, 'us-west-2'],
    ['then AWS_REGION', { env: { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-2' } }, 'us-east-1'],
    ['then AWS_DEFAULT_REGION', { profile: 'prod', env: { AWS_DEFAULT_REGION: 'us-east-2' } }, 'us-east-2'],
    ['then the profile', { profile: 'prod', env: {} }, 'eu-central-1'],
    ['the profile of AWS_PROFILE', { env: { AWS_PROFILE: 'prod' } }, 'eu-central-1'],
    ['then the default profile', { env: {} }, 'eu-west-1'],
    ['empty variables count as none', { env: { AWS_REGION: '', AWS_PROFILE: '' } }, 'eu-west-1'],
  ])('is taken from %s', async (_, settings, region) => {
    expect((await resolve(settings)).region).toBe(region)
  })

  it('that is nowhere ends before any call', async () => {
    await expect(resolve({ profile: 'no-region', env: {} })).rejects.toMatchObject({
      code: 'NO_REGION',
      hint: expect.stringContaining('aws configure set region <region> --profile no-region'),
    })
  })

  it('that is none is a usage error', async () => {
    await expect(resolve({ region: 'Frankfurt', env: {} })).rejects.toMatchObject({ code: 'USAGE' })
  })
})

describe('the profile', () => {
  it.each([
    ['the flag', { profile: 'porduction', env: {} }],
    ['AWS_PROFILE', { env: { AWS_PROFILE: 'porduction' } }],
    ['a section that is no profile', { profile: 'sso-session.corp', env: {} }],
  ])('of %s that does not exist is named, with those that do', async (_, settings) => {
    await expect(resolve(settings)).rejects.toMatchObject({
      code: 'UNKNOWN_PROFILE',
      hint: expect.stringMatching(/"prod".*"keys-only"/),
    })
  })

  it('may stand in the credentials file alone', async () => {
    expect((await resolve({ profile: 'keys-only', region: 'eu-west-1', env: {} })).profile).toBe('keys-only')
  })

  it.each([
    ['prod', 'prod'],
    ['deploy', 'prod'],
    ['self', 'self'],
  ])('%s is signed in with %s: a role has the session of its source', async (profile, session) => {
    expect((await resolve({ profile, region: 'eu-west-1', env: {} })).sessionProfile).toBe(session)
  })

  it('of the flag beats keys in the environment, AWS_PROFILE does not: as in aws-cli', async () => {
    expect((await resolve({ profile: 'prod', env: keys })).environmentKeys).toBeUndefined()
    expect((await resolve({ env: { ...keys, AWS_PROFILE: 'prod' } })).environmentKeys).toMatchObject({
      accessKeyId: 'AKIAENV',
    })
  })

  it('gives the clients its credentials, one chain for all of them', async () => {
    const env = { ...files, ...keys, AWS_SESSION_TOKEN: 'token' }
    const clients = await createClients({ region: 'eu-west-1', env })
    expect(await clients.sqs.config.credentials()).toMatchObject({
      accessKeyId: 'AKIAENV',
      sessionToken: 'token',
    })
    expect(clients.lambda).toBe(clients.lambda)
    expect(await clients.lambda.config.credentials()).toMatchObject({ accessKeyId: 'AKIAENV' })
    expect(clients.profile).toBeNull()
  })
})

describe('the endpoint', () => {
  it.each<[string, Partial<ConnectionSettings>, { sqs?: string; lambda?: string }]>([
    ['AWS itself', { env: {} }, {}],
    [
      'the flag, for all',
      { endpointUrl: 'http://127.0.0.1:1', profile: 'prod', env: {} },
      { sqs: 'http://127.0.0.1:1', lambda: 'http://127.0.0.1:1' },
    ],
    [
      'AWS_ENDPOINT_URL',
      { env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:2' } },
      { sqs: 'http://127.0.0.1:2', lambda: 'http://127.0.0.1:2' },
    ],
    [
      'that of the service first',
      { env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:2', AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:3' } },
      { sqs: 'http://127.0.0.1:3', lambda: 'http://127.0.0.1:2' },
    ],
    [
      'the profile and its services',
      { profile: 'prod', env: {} },
      { sqs: 'http://127.0.0.1:2222', lambda: 'http://127.0.0.1:1111' },
    ],
    [
      'none when they are to be ignored',
      {
        profile: 'prod',
        env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:2', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
      },
      {},
    ],
  ])('is %s', async (_, settings, wanted) => {
    const connection = await resolve(settings)
    expect({ sqs: connection.endpointOf('sqs'), lambda: connection.endpointOf('lambda') }).toEqual({
      sqs: undefined,
      lambda: undefined,
      ...wanted,
    })
  })

  it('is never told as AWS itself while one service goes elsewhere', async () => {
    const clients = await createClients({ env: { ...files, AWS_ENDPOINT_URL_IAM: 'http://127.0.0.1:9' } })
    expect(clients.endpoint).toBe('http://127.0.0.1:9')
  })

  it.each(['localhost:4566', 'ftp://x', 'http//x'])('%s is a usage error', async (endpointUrl) => {
    await expect(createClients({ endpointUrl, env: files })).rejects.toMatchObject({ code: 'USAGE' })
  })
})
