import { Readable } from 'node:stream'
import { GetRoleCommand } from '@aws-sdk/client-iam'
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { StandardRetryStrategy } from '@smithy/core/retry'
import { describe, expect, it } from 'vitest'
import { type Clients, createClients } from '../../src/aws/clients.js'
import { listPlace, openAccount } from '../../src/fleet/audit/place.js'
import { sleepingClock } from './sleeping-clock.js'

const caller =
  '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/developer</Arn><UserId>AIDA</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>'
const role =
  '<GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetRoleResult><Role><Path>/</Path><RoleName>r</RoleName><RoleId>AROA</RoleId><Arn>arn:aws:iam::111122223333:role/r</Arn><CreateDate>2026-11-23T12:00:00Z</CreateDate></Role></GetRoleResult></GetRoleResponse>'

/** A host that answers everything at once, and from memory: nothing leaves this machine. */
const answering = (onRequest: (path: string) => void) => ({
  handle: async ({ path, body = '' }: { readonly path: string; readonly body?: unknown }) => {
    onRequest(path)
    const asked = String(body)
    const [type, text] = asked.includes('Action=GetCallerIdentity')
      ? ['text/xml', caller]
      : asked.includes('Action=GetRole')
        ? ['text/xml', role]
        : ['application/json', '{}']
    return {
      response: {
        statusCode: 200,
        headers: { 'content-type': type },
        body: Readable.from([Buffer.from(text)]),
      },
    }
  },
})

/** One call of each kind for each number from 1, sent through the clients of an audited place. */
const kinds = {
  lambda: ({ lambda }: Clients, index: number) =>
    lambda.send(new GetFunctionConfigurationCommand({ FunctionName: `f${index}` })),
  iam: ({ iam }: Clients, index: number) => iam.send(new GetRoleCommand({ RoleName: `r${index}` })),
}

/** When each of so many calls reached the host, in milliseconds from the first. */
async function reached(kind: keyof typeof kinds, count: number, endpointUrl: string | undefined) {
  const clock = sleepingClock()
  const signal = new AbortController().signal
  let times: number[] = []
  const open = (region = 'us-east-1') =>
    createClients({
      region,
      ...(endpointUrl === undefined ? {} : { endpointUrl }),
      env: {
        AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'never-verified',
        AWS_CONFIG_FILE: '/nowhere',
        AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
      },
      wire: {
        requestHandler: answering(() => times.push(clock.now())),
        retryStrategy: () => new StandardRetryStrategy(async () => 1),
      },
    })
  const account = { profile: null, roleArn: null, name: null, regions: ['us-east-1'], open }
  const [place] = await openAccount(account, { clock, signal })
  if (place === undefined || 'error' in place) throw place?.error ?? new Error('there is one place')
  const listed = await listPlace(place, { signal })
  if ('error' in listed) throw listed.error
  times = []
  const sent = Array.from({ length: count }, (_, index) => kinds[kind](listed.clients, index))
  await clock.run()
  await Promise.all(sent)
  return times.map((time) => time - (times[0] ?? 0))
}

/** The least burst with which a bucket of this rate lets them through. */
const burstAt = (perSecond: number, times: readonly number[]) =>
  Math.max(...times.map((time, index) => index + 1 - Math.floor((time * perSecond) / 1000 + 1e-6)))

const elsewhere = [['AWS itself', undefined] as const, ['a gateway', 'https://aws.example.com'] as const]

describe.each(elsewhere)('the calls of an audit, over %s', (_, endpoint) => {
  it('are of Lambda no more than 10 a second and a burst of 4: 15 are all that an account has', async () => {
    const times = await reached('lambda', 30, endpoint)
    expect(times).toHaveLength(30)
    expect(burstAt(10, times)).toBeLessThanOrEqual(4)
    expect(times.at(-1)).toBeLessThan(10_000)
  })

  it('are of IAM no more than 5 a second and a burst of 2', async () => {
    const times = await reached('iam', 20, endpoint)
    expect(times).toHaveLength(20)
    expect(burstAt(5, times)).toBeLessThanOrEqual(2)
    expect(times.at(-1)).toBeLessThan(10_000)
  })
})

it.each(['http://127.0.0.1:4566', 'http://localhost:4566', 'http://[::1]:4566'])(
  'an endpoint on this machine is asked as fast as it answers: %s',
  async (endpoint) => {
    expect(Math.max(...(await reached('lambda', 30, endpoint)))).toBe(0)
  },
)
