import { describe, expect, test } from 'vitest'
import { startJourney } from '../support/journey.js'
import { openScreen } from '../support/live-screen.js'
import { homeOf, startSso, writesToken } from '../support/sso-journey.js'
import { expectSane } from '../support/terminal.js'

const enter = '\r'

describe('an SSO session that has expired', () => {
  test('is renewed when a person agrees, and the questions begin', async () => {
    const { env, asked } = await startSso(writesToken)
    const screen = openScreen(env, ['wire', '--profile', 'dev'])
    await screen.shows('Your AWS SSO session has expired or was never started.')
    await screen.asks('Run “aws sso login --profile dev” now?')
    screen.type(enter)
    await screen.shows('Opening the browser')
    await screen.shows('Account 111122223333 · us-east-1 · profile dev')
    await screen.asks('Queue (2)')
    screen.type(enter)
    await screen.asks('Function (1)')
    screen.type('\u0003')
    expect(await screen.exited).toBe(130)
    expect(asked()).toBe('sso login --profile dev')
    expectSane(screen.raw())
  })

  test('in between is renewed, and the questions go on where they were', async () => {
    const { env, expire } = await startSso(writesToken, Date.now())
    const screen = openScreen(env, ['wire', '--profile', 'dev'])
    await screen.asks('Run “aws sso login')
    screen.type(enter)
    await screen.asks('Queue (2)')
    screen.type(`orders${enter}`)
    await screen.asks('Function (1)')
    screen.type(enter)
    await screen.asks('Settings')
    expire()
    screen.type(enter)
    await screen.asks('Run “aws sso login')
    screen.type(enter)
    await screen.asks('Connect orders to worker')
    await screen.shows('  sqs-trigger wire --profile dev orders worker --yes')
    screen.type(`n${enter}`)
    expect(await screen.exited).toBe(130)
  })

  test.each([
    ['wire', ['--dry-run'], 'Dry run: nothing was changed.'],
    ['preflight', [], 'Nothing was changed.'],
  ])('of %s with all names is renewed, too', async (command, flags, ending) => {
    const { env } = await startSso(writesToken)
    const screen = openScreen(env, [command, 'orders', 'worker', '--profile', 'dev', ...flags])
    await screen.asks('Run “aws sso login')
    screen.type(enter)
    await screen.shows(ending)
    expect(await screen.exited).toBe(0)
  })

  test('on a remote shell is renewed without a browser', async () => {
    const { env, asked } = await startSso('exit 3')
    const screen = openScreen({ ...env, SSH_CONNECTION: '10.0.0.1 5000 10.0.0.2 22' }, [
      'wire',
      '--profile',
      'dev',
    ])
    await screen.asks('Run “aws sso login --profile dev” now?')
    screen.type(enter)
    await screen.shows('aws sso login ended with 3.')
    expect(await screen.exited).toBe(4)
    expect(asked()).toBe('sso login --profile dev --no-browser')
  })

  test('is left alone when a person declines: exit 4 and the command', async () => {
    const { env } = await startSso(writesToken)
    const screen = openScreen(env, ['wire', '--profile', 'dev'])
    await screen.asks('Run “aws sso login --profile dev” now?')
    screen.type(`n${enter}`)
    expect(await screen.exited).toBe(4)
    await screen.shows('  aws sso login --profile dev')
  })
})

test('a profile with a second factor: the code is asked for, and sent with the role', async () => {
  const journey = await startJourney()
  const { accessKeyId, secretAccessKey } = journey.credentials
  const role = `arn:aws:iam::${journey.world.account}:role/operator`
  await journey.seed([
    {
      service: 'iam',
      operation: 'CreateRole',
      input: {
        RoleName: 'operator',
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'sts:AssumeRole',
              Principal: { AWS: `arn:aws:iam::${journey.world.account}:user/developer` },
            },
          ],
        }),
      },
    },
  ])
  const { env } = homeOf(
    journey,
    `[profile base]
aws_access_key_id = ${accessKeyId}
aws_secret_access_key = ${secretAccessKey}
[profile operator]
source_profile = base
role_arn = ${role}
mfa_serial = arn:aws:iam::${journey.world.account}:mfa/phone
region = us-east-1
`,
  )
  const screen = openScreen(env, ['wire', '--profile', 'operator'])
  await screen.asks('Code of the second factor arn:aws:iam::111122223333:mfa/phone:')
  screen.type(`12${enter}`)
  await screen.shows('Type the six digits that it shows.')
  screen.type(`3456${enter}`)
  await screen.shows('operator')
  screen.type('\u0003')
  expect(await screen.exited).toBe(130)
  expect(journey.calls().filter(({ operation }) => operation === 'AssumeRole')).toHaveLength(1)
})
