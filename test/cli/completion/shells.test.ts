import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { spawn } from '@lydell/node-pty'
import { expect, onTestFinished, test } from 'vitest'
import { bin, cleanEnv, findProgram, run, sqsTrigger } from '../../support/run-command.js'

const [bash, zsh, fish] = await Promise.all(['bash', 'zsh', 'fish'].map(findProgram))
const missing = (name: string, found: string | undefined) => (found ? '' : ` (${name} is not installed here)`)

/** A folder in which `sqs-trigger` is the built command, a configuration and a file to complete. */
function startShell() {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-shell-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  symlinkSync(bin, join(folder, 'sqs-trigger'))
  writeFileSync(join(folder, 'config'), '[profile staging]\n[profile prod]\n')
  writeFileSync(join(folder, 'message one.json'), '{}')
  const env = {
    PATH: [folder, cleanEnv.PATH].join(delimiter),
    AWS_CONFIG_FILE: join(folder, 'config'),
    HOME: folder,
  }
  return { folder, env }
}

/** Lines as a person types them, up to the cursor, and what the shell then offers. */
const offers: readonly (readonly [words: readonly string[], offered: readonly string[]])[] = [
  [['sqs-trigger', 'pre'], ['preflight']],
  [['sqs-trigger', 'wire', '--no-w'], ['--no-wait']],
  [['sqs-trigger', 'list', '--output', 'js'], ['json']],
  [
    ['sqs-trigger', 'list', '--profile', ''],
    ['prod', 'staging'],
  ],
  [['sqs-trigger', 'list', '--region', 'eusc'], ['eusc-de-east-1']],
  [['sqs-trigger', 'explain', 'no-dead'], ['no-dead-letter-queue']],
  [['sqs-trigger', 'wire', ''], []],
]

test.skipIf(!bash)(`bash is offered what fits${missing('bash', bash)}`, async () => {
  const { env, folder } = startShell()
  const split: typeof offers = [
    ...offers,
    [['sqs-trigger', 'list', '--output', '=', 'js'], ['json']],
    [
      ['sqs-trigger', 'preflight', '--strict', '='],
      ['core', 'all'],
    ],
    [['sqs-trigger', 'preflight', '--sample', 'message'], ['message one.json']],
  ]
  const asks = split.map(([words]) => {
    const quoted = words.map((word) => `'${word}'`).join(' ')
    return `COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}
      _sqs_trigger sqs-trigger '${words.at(-1)}' ''; printf '[%s]' "\${COMPREPLY[@]}"; echo`
  })
  const script = ['set -u', 'eval "$(sqs-trigger completion bash)"', ...asks].join('\n')
  const { stdout, stderr } = await run('bash', ['--norc', '-c', script], { env, cwd: folder })
  expect(stderr).toBe('')
  const lines = stdout.trimEnd().split('\n')
  expect(lines).toEqual(split.map(([, offered]) => `[${offered.join('][')}]`))
})

test.skipIf(!bash)(`the tab key completes in a bash on a terminal${missing('bash', bash)}`, async () => {
  const { env, folder } = startShell()
  writeFileSync(
    join(folder, 'rc'),
    `PS1='> '; bind 'set bell-style none'\neval "$(sqs-trigger completion bash)"\n`,
  )
  const set = Object.entries({ ...cleanEnv, ...env, TERM: 'dumb' })
  const child = spawn('bash', ['--rcfile', join(folder, 'rc'), '-i'], {
    cwd: folder,
    cols: 120,
    env: Object.fromEntries(set.filter((entry): entry is [string, string] => entry[1] !== undefined)),
  })
  onTestFinished(() => child.kill())
  let printed = ''
  const until = (text: string) =>
    new Promise<void>((resolve, reject) => {
      setTimeout(() => reject(new Error(`no “${text}”: ${printed}`)), 8_000).unref()
      const { dispose } = child.onData(() => look())
      const look = () => {
        if (!printed.includes(text)) return
        dispose()
        resolve()
      }
      look()
    })
  child.onData((data) => {
    printed += data
  })
  await until('> ')
  child.write('sqs-trigger expl\t')
  await until('sqs-trigger explain ')
  child.write('--prof\t')
  await until('explain --profile ')
  child.write('st\t')
  await until('--profile staging ')
  child.write('--output=j\t')
  await until('--output=json ')
})

test.skipIf(!zsh)(`zsh takes the script, and asks as it says${missing('zsh', zsh)}`, async () => {
  const { env, folder } = startShell()
  const script = `autoload -Uz compinit && compinit -u -D; source <(sqs-trigger completion zsh)
    _describe() { print -l -- "\${(@P)2}" }; words=(sqs-trigger pre); CURRENT=2; _sqs_trigger`
  const { stdout, stderr } = await run('zsh', ['-f', '-c', script], { env, cwd: folder })
  expect([stdout, stderr]).toEqual([expect.stringMatching(/^preflight:Check whether/), ''])
})

test.skipIf(!fish)(`fish is offered what fits${missing('fish', fish)}`, async () => {
  const { env, folder } = startShell()
  const script = `sqs-trigger completion fish | source; complete -C 'sqs-trigger pre'; complete -C 'sqs-trigger list --profile '`
  const { stdout } = await run('fish', ['--no-config', '-c', script], { env, cwd: folder })
  expect(stdout.split('\n').map((line) => line.split('\t')[0])).toEqual(['preflight', 'prod', 'staging', ''])
})

test('the entry says nothing to what it does not know, and ends well', async () => {
  for (const args of [[], ['tcsh', 'sqs-trigger', 'w'], ['bash', 'sqs-trigger', 'nonsense', 'x']]) {
    expect(await sqsTrigger(['__complete', ...args])).toMatchObject({ code: 0, stdout: '', stderr: '' })
  }
})

test('an unknown shell is told which there are', async () => {
  const { code, stderr } = await sqsTrigger(['completion', 'bahs'])
  expect([code, stderr]).toEqual([2, expect.stringContaining('did you mean bash?')])
  expect((await sqsTrigger(['completion'])).stderr).toContain('sqs-trigger completion fish')
})
