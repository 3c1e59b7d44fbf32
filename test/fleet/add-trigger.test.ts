import { expect, test } from 'vitest'
import { withTrigger } from '../../src/fleet/manifest/add-trigger.js'

const lines = ['queue: new', 'function: worker', 'settings:', '  batch-size: 5']

test.each([
  ['nothing', ''],
  ['a name', 'name: shop\n'],
  ['settings and comments', '# all of ours\nname: shop # the shop\nsettings:\n  batch-size: 5 # small\n'],
  ['a list at the end', 'name: shop\ntriggers:\n  - queue: a\n    function: b\n'],
  ['a list without a last line break', 'name: shop\ntriggers:\n  - queue: a\n    function: b'],
  [
    'a list in the middle, with comments',
    'name: shop\ntriggers:\n# first\n- queue: a\n  function: b # of a\n\n# what is let pass\nignore: []\n',
  ],
  ['maps on one line', 'name: shop\ntriggers:\n  - {queue: a, function: b} # one\nsettings: {}\n'],
  ['lines that end as in Windows', 'name: shop\r\ntriggers:\r\n  - queue: a\r\n    function: b\r\n'],
  ['JSON', '{"name": "shop", "triggers": [{"queue": "a", "function": "b"}]}'],
  ['an empty list', 'name: shop\ntriggers: []\nsettings: {}\n'],
  ['a list in brackets', 'name: shop\ntriggers: [{queue: a, function: b}]\n'],
  ['a file with a mistake', 'nome: shop\n'],
])('a trigger is added to %s', (_, text) => {
  expect(withTrigger(text, lines, [])).toMatchSnapshot()
})
