import { expect, test } from 'vitest'
import format from '../../src/export/yaml.js'
import { fullWorld, plainWorld } from './export-worlds.js'

const nameIn = (text: string) => /^name: (.*)$/m.exec(text)?.[1]

test('a file is named after the one queue that it is about, so that two files own nothing of each other', () => {
  const [first] = plainWorld.mappings
  if (first === undefined) throw new Error('the plain world has a mapping')
  const alone = format.write({ ...plainWorld, mappings: [first] })
  expect(nameIn(alone.text)).toBe(first.mapping.queueArn.split(':').at(-1))
  expect(nameIn(format.write(fullWorld).text)).toBe('triggers')
})
