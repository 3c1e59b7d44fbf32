import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { spawn } from '@lydell/node-pty'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { bin, cleanEnv, findProgram, run, sqsTrigger } from '../support/run-command.js'
import { openScreen } from '../support/screen.js'

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
    [['sqs-trigger', 'preflight', '--sample', '=', 'message'], ['message one.json']],
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

test.skipIf(!zsh)(`zsh takes the script, and offers what fits${missing('zsh', zsh)}`, async () => {
  const { env, folder } = startShell()
  const asks = offers.map(([words]) => {
    const quoted = words.map((word) => `'${word}'`).join(' ')
    return `offered=(); words=(${quoted}); CURRENT=${words.length}; _sqs-trigger; print "[\${(j:][:)offered%%:*}]"`
  })
  const script = [
    'source <(sqs-trigger completion zsh)',
    // What stands before the first colon; the rest says what it is.
    `_describe() { offered=("\${(@P)2}") }`,
    ...asks,
  ].join('\n')
  const { stdout, stderr } = await run('zsh', ['-f', '-c', script], { env, cwd: folder })
  expect(stderr).toBe('')
  expect(stdout.trimEnd().split('\n')).toEqual(offers.map(([, offered]) => `[${offered.join('][')}]`))
})

test.skipIf(!fish)(`fish is offered what fits${missing('fish', fish)}`, async () => {
  const { env, folder } = startShell()
  const files: typeof offers = [
    [['sqs-trigger', 'preflight', '--sample', 'message'], ['message one.json']],
    [['sqs-trigger', 'preflight', '--sample=message'], ['--sample=message one.json']],
  ]
  const all = [...offers, ...files]
  const asks = all.map(([words]) => `printf '[%s]' (complete -C '${words.join(' ')}'); echo`)
  const script = ['sqs-trigger completion fish | source', ...asks].join('\n')
  const { stdout } = await run('fish', ['--no-config', '-c', script], { env, cwd: folder })
  const lines = stdout.trimEnd().split('\n')
  expect(lines.map((line) => line.replace(/\t[^\]]*/g, ''))).toEqual(
    all.map(([, offered]) => `[${offered.join('][')}]`),
  )
})

/** How each shell is started as a person has it: with what `completion` says to put into its start-up file. */
const interactive = [
  { name: 'bash', found: bash, args: ['--rcfile', 'rc', '-i'], rc: 'rc' },
  { name: 'zsh', found: zsh, args: ['-i'], rc: '.zshrc' },
  { name: 'fish', found: fish, args: ['-i'], rc: '.config/fish/completions/sqs-trigger.fish' },
]

describe.each(interactive)('$name', ({ name, found, args, rc }) => {
  test.skipIf(!found)(`completes at the tab key on a terminal${missing(name, found)}`, async () => {
    const { env, folder } = startShell()
    const { stdout: script } = await sqsTrigger(['completion', name])
    mkdirSync(dirname(join(folder, rc)), { recursive: true })
    writeFileSync(join(folder, rc), name === 'bash' ? `bind 'set bell-style none'\n${script}` : script)
    const set = Object.entries({ ...cleanEnv, ...env, TERM: 'xterm-256color' })
    const child = spawn(name, args, {
      cwd: folder,
      cols: 150,
      rows: 30,
      env: Object.fromEntries(set.filter((entry): entry is [string, string] => entry[1] !== undefined)),
    })
    onTestFinished(() => child.kill())
    const screen = openScreen(150, 30)
    child.onData((data) => void screen.write(data))
    const shows = (text: string | RegExp) =>
      vi.waitFor(() => expect(screen.lines().join('\n')).toMatch(text), { timeout: 8_000, interval: 20 })
    await shows(/[$%#>] *$/m)
    child.write('sqs-trigger expl\t')
    await shows('sqs-trigger explain ')
    child.write('--prof\t')
    await shows('explain --profile ')
    child.write('st\t')
    await shows('--profile staging ')
    child.write('--output=j\t')
    await shows('--output=json ')
    child.write('\u0015sqs-trigger preflight --sample=mess\t')
    await shows('preflight --sample=message\\ one.json')
  })
})

test.skipIf(!zsh)(`zsh finds the script in its own folder of functions${missing('zsh', zsh)}`, async () => {
  const { env, folder } = startShell()
  writeFileSync(join(folder, '_sqs-trigger'), (await sqsTrigger(['completion', 'zsh'])).stdout)
  const script = `fpath=("$PWD" $fpath); autoload -Uz compinit && compinit -u -D; print $_comps[sqs-trigger]
    _describe() { print -l -- "\${(@P)2}" }; words=(sqs-trigger pre); CURRENT=2; $_comps[sqs-trigger]`
  const { stdout, stderr } = await run('zsh', ['-f', '-c', script], { env, cwd: folder })
  expect([stdout, stderr]).toEqual([expect.stringMatching(/^_sqs-trigger\npreflight:Check whether/), ''])
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
