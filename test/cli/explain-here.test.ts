import { describe, expect, test } from 'vitest'
import { forbidPolling, type Journey, startJourney } from '../support/journey.js'
import { runHere } from '../support/run-here.js'

const slug = 'role-lacks-receive-message'

async function explain(journey: Journey, ...argv: string[]) {
  return runHere(['explain', ...argv], journey.env)
}

describe('a rule, judged for a queue and a function', () => {
  test('that it accepts: says so, below what the rule is about', async () => {
    const journey = await startJourney()
    const { code, stdout, stderr } = await explain(journey, slug, 'orders', 'worker')
    expect(code).toBe(0)
    expect(stderr).toContain(`Account ${journey.world.account}`)
    expect(stdout).toMatch(/^role-lacks-receive-message\nThe execution role may not receive/)
    expect(stdout).toMatch(/\n\norders → worker\n {2}✓ [^\n]*worker-role[^\n]*ReceiveMessage/)
    // The command that leads here is replaced by what it shows.
    expect(stdout).not.toContain('sqs-trigger explain')
  })

  test('that it objects to: the finding, and the command that mends it with the names of the user', async () => {
    const journey = await startJourney()
    await forbidPolling(journey)
    const { code, stdout } = await explain(journey, slug, '--queue', 'orders', '--function', 'worker')
    expect(code).toBe(0)
    const here = stdout.slice(stdout.indexOf('\n\norders → worker\n'))
    expect(here).toMatch(/✗ failed: [^✗]*worker-role/)
    expect(here).toContain('aws iam put-role-policy')
    expect(here).toContain('--role-name worker-role')
    expect(here).toContain(journey.queueArn('orders'))
    expect(here.replace(/ \\\n */g, ' ')).toContain(
      `--region ${journey.region} --endpoint-url ${journey.endpoint}`,
    )
    expect(here).not.toContain('  More')
  })

  test('as data: the finding stands among the findings, and the run is well', async () => {
    const journey = await startJourney()
    await forbidPolling(journey)
    const { code, stdout } = await explain(journey, slug, 'orders', 'worker', '--json')
    const document = JSON.parse(stdout)
    expect(code).toBe(0)
    expect(document).toMatchObject({
      ok: true,
      error: null,
      target: { queueArn: journey.queueArn('orders') },
      result: { status: 'fail', rule: { slug } },
    })
    const found = document.findings.find(({ rule }: { rule: string }) => rule === slug)
    expect(found).toMatchObject({ status: 'fail', fix: { commands: [{ shell: 'posix' }] } })
  })

  test.each([
    ['the queue', 'orderz', 'worker', 'Queue orderz does not exist'],
    ['the function', 'orders', 'wurker', 'Function wurker does not exist'],
  ])('%s does not exist: that is what is said, and the run ends with 5', async (_, queue, name, said) => {
    const journey = await startJourney()
    const { code, stdout, stderr } = await explain(journey, slug, queue, name)
    expect({ code, stdout }).toEqual({ code: 5, stdout: '' })
    expect(stderr).toContain(said)
  })

  test('the rule about the missing queue is explained all the same', async () => {
    const journey = await startJourney()
    const { code, stdout } = await explain(journey, 'queue-not-found', 'orderz', 'worker')
    expect(code).toBe(0)
    expect(stdout).toContain('Queue orderz does not exist')
  })

  test('a rule about settings says where they are judged', async () => {
    const journey = await startJourney()
    const { stdout } = await explain(journey, 'batch-size-needs-window', 'orders', 'worker')
    expect(stdout.replace(/ \\\n */g, ' ')).toContain(
      'sqs-trigger preflight orders worker --only batch-size-needs-window\n',
    )
  })

  test('a rule that does not apply says why', async () => {
    const journey = await startJourney()
    const { stdout } = await explain(journey, 'role-lacks-decrypt', 'orders', 'worker')
    expect(stdout).toMatch(/\n {2}– not judged here: queue orders is not encrypted/)
  })

  test('a caller who may read nothing is told what would settle it', async () => {
    const journey = await startJourney()
    const blind = { ...journey, env: { ...journey.env, AWS_ACCESS_KEY_ID: 'AKIASANDBOXNOBODY' } }
    const { code, stdout } = await explain(blind, slug, 'orders', 'worker')
    expect(code).toBe(0)
    expect(stdout).toMatch(/\n\? unknown: [^?]*refused/)
    expect(stdout).toContain('would settle')
  })

  test('nobody is signed in', async () => {
    const journey = await startJourney()
    const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...env } = journey.env
    const nobody = {
      ...journey,
      env: {
        ...env,
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
        AWS_EC2_METADATA_DISABLED: 'true',
      },
    }
    expect((await explain(nobody, slug, 'orders', 'worker')).code).toBe(4)
  })
})
