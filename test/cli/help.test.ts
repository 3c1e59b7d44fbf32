import { describe, expect, test } from 'vitest'
import { commandList } from '../../src/cli/command-list.js'
import { exitStatusNamed } from '../../src/cli/exit-codes.js'
import { renderCommandHelp } from '../../src/cli/help.js'
import { flagOf } from '../../src/cli/options/flag-names.js'
import { parseArguments } from '../../src/cli/parse-arguments.js'
import { renderRootHelp } from '../../src/cli/root-help.js'

const load = async (name: string) => {
  const module = await commandList.find((entry) => entry.name === name)?.load()
  if (!module) throw new Error(`no command ${name}`)
  return module.default
}

describe.each([80, 40])('%i columns', (columns) => {
  test('root', async () => {
    const help = renderRootHelp(columns)
    await expect(help).toMatchFileSnapshot(`./snapshots/help-root-${columns}.txt`)
    expect(tooLong(help, columns)).toEqual([])
  })

  test.each(commandList.map(({ name }) => name))('%s', async (name) => {
    const help = renderCommandHelp(await load(name), columns)
    await expect(help).toMatchFileSnapshot(`./snapshots/help-${name}-${columns}.txt`)
    expect(tooLong(help, columns)).toEqual([])
  })
})

/** The words of a command to copy stay whole, also where it goes on; everything else keeps to the width. */
const tooLong = (help: string, columns: number) =>
  help.split('\n').filter((line) => line.length > columns && !/^ {2}(sqs-trigger|--|-\w)|^ {4}\S/.test(line))

describe.each(commandList.map(({ name, summary }) => ({ name, summary })))('$name', ({ name, summary }) => {
  test('is summarised once', async () => {
    expect(await load(name)).toMatchObject({ name, summary })
  })

  test('has examples that can be parsed', async () => {
    const command = await load(name)
    expect(command.examples.length).toBeGreaterThan(0)
    for (const { command: line } of command.examples) {
      const [program, word, ...argv] = shellWords(line)
      expect([program, word]).toEqual(['sqs-trigger', name])
      await expect(parseArguments(command, argv)).resolves.toBeDefined()
    }
  })

  test('shows every flag and exit code', async () => {
    const command = await load(name)
    const help = renderCommandHelp(command, 80)
    const flags = Object.entries(command.options).map(([flag, option]) =>
      option.kind === 'negatable' ? `no-]${flagOf(flag).slice(2)}` : flagOf(flag),
    )
    for (const flag of flags) expect(help.replaceAll('--no-', '--[no-]')).toContain(flag)
    for (const exit of command.exitCodes) expect(help).toContain(`\n  ${exitStatusNamed(exit).code} `)
  })
})

function shellWords(line: string): readonly string[] {
  const [before = ''] = line.split(/ (?:<|>>?) /)
  return (before.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^'(.*)'$/, '$1'))
}

test('an example that is longer than the page is the same command when it is pasted', async () => {
  const command = await load('wire')
  const help = renderCommandHelp(command, 40).replaceAll(' \\\n', '')
  for (const { command: line } of command.examples) {
    expect(help.replace(/ +/g, ' ')).toContain(` ${line}\n`)
  }
})

test('a flag with one value to choose is none', async () => {
  expect(renderCommandHelp(await load('completion'), 80)).not.toContain('--output')
})

test('the help of the bare command lists every command and says where to start', () => {
  const help = renderRootHelp(80)
  for (const { name } of commandList) expect(help).toContain(`\n  ${name} `)
  expect(help).toContain('sqs-trigger demo')
})

test('a command that never calls AWS shows of its flags only those that it obeys', async () => {
  const sandbox = renderCommandHelp(await load('sandbox'), 80)
  expect(sandbox).toContain('--region')
  expect(sandbox).not.toContain('--profile')
  expect(renderCommandHelp(await load('demo'), 80)).not.toContain('--region')
})
