import { expect, test } from 'vitest'
import { run, sqsTrigger } from '../support/run-command.js'

test('the demo tells the whole story, in plain text and within 80 columns', async () => {
  const { code, stdout, stderr } = await sqsTrigger(['demo'])
  expect(code, stdout + stderr).toBe(0)
  expect(stderr).toBe('')
  const story = [
    'may not call',
    'sqs:DeleteMessage',
    'aws iam put-role-policy',
    'role-lacks-delete-message',
    'preflight orders order-worker --fix --yes',
    'iam:PutRolePolicy',
    'Wrote policy sqs-trigger-orders-',
    'Fixed: Give role order-worker-role',
    'Enabled',
    'stands in the log',
    'processing message',
    'is empty again',
    'order 42 cannot be read',
    'orders-dlq, after 5 receives: about 1 waiting',
    'Everything is undone',
    'is deleted',
    'Deleted policy sqs-trigger-orders-',
  ]
  // Lines are filled, so that a phrase may break anywhere.
  const said = stdout.replaceAll(/\s+/g, ' ')
  let from = 0
  for (const part of story) {
    const at = said.indexOf(part, from)
    expect(at, `${part} in ${stdout}`).toBeGreaterThanOrEqual(0)
    from = at
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours and cursor movement are looked for
  expect(stdout).not.toMatch(/[\u001b\r]/)
  // A command to paste is never broken; everything else is laid out.
  const wide = stdout.split('\n').filter((line) => line.length > 80 && !/^ +--policy-document '/.test(line))
  expect(wide).toEqual([])
})

test('npm run demo is the same', async () => {
  const cwd = new URL('../..', import.meta.url).pathname
  const [npm, demo] = await Promise.all([
    run('npm', ['run', '--silent', 'demo', '--', '--help'], { cwd }),
    sqsTrigger(['demo', '--help']),
  ])
  expect(npm).toEqual(demo)
})

test('Ctrl-C in the middle: nothing is claimed that the lines above deny', async () => {
  let stopped = false
  const { code, stdout, stderr } = await sqsTrigger(['demo'], {
    watch: (said, child) => {
      if (stopped || !said.includes('4/6')) return
      stopped = true
      child.kill('SIGINT')
    },
  })
  expect(code).toBe(130)
  expect(stdout).toContain('Created event source mapping')
  const said = (stdout + stderr).replaceAll(/\s+/g, ' ')
  expect(said).toContain('The demo was stopped. Its sandbox is gone with everything in it')
  expect(said).not.toContain('Interrupted.')
})
