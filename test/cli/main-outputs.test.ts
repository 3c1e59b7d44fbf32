import { describe, expect, test } from 'vitest'
import { commandList } from '../../src/cli/command-list.js'
import { scenes } from './scenes.js'
import { openStage } from './screens.js'

/**
 * The main outputs of every command as people see them, to be reviewed as differences. A command that is new here
 * fails until it has a scene.
 */
describe.each([
  { name: '80', columns: 80, ascii: false },
  { name: '40-ascii', columns: 40, ascii: true },
])('$columns columns', ({ name, ...look }) => {
  test.each(commandList.map((command) => command.name))('%s', async (command) => {
    const play = scenes[command]
    if (play === undefined) throw new Error(`${command} has no scene in test/cli/scenes.ts`)
    const stage = await openStage(look)
    await play(stage)
    const seen = stage.seen()
    await expect(seen).toMatchFileSnapshot(`./snapshots/output-${command}-${name}.txt`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal would act upon is looked for
    expect(seen).not.toMatch(look.ascii ? /[^\u0020-\u007e\n]/ : /[\u0000-\u0009\u000b-\u001f]/)
  })
})

test('no scene is left of a command that is gone', () => {
  const names = new Set(commandList.map(({ name }) => name))
  expect(Object.keys(scenes).filter((name) => !names.has(name))).toEqual([])
})
