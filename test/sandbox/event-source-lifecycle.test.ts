import { describe, expect, test } from 'vitest'
import { type StateChange, transition } from '../../src/sandbox/event-source/lifecycle.js'
import type { MappingState } from '../../src/sandbox/event-source/state.js'

const update = (enabled?: boolean): StateChange => ({ kind: 'update', enabled })

describe('state sequences', () => {
  test.each<[MappingState | undefined, StateChange, MappingState, string | undefined]>([
    [undefined, { kind: 'create', enabled: true }, 'Creating', 'Enabled'],
    [undefined, { kind: 'create', enabled: false }, 'Disabled', undefined],
    ['Disabled', update(true), 'Enabling', 'Enabled'],
    ['Enabled', update(false), 'Disabling', 'Disabled'],
    ['Enabled', update(), 'Updating', 'Enabled'],
    ['Enabled', update(true), 'Updating', 'Enabled'],
    ['Disabled', update(), 'Updating', 'Disabled'],
    ['Disabled', update(false), 'Updating', 'Disabled'],
    ['Enabled', { kind: 'delete' }, 'Deleting', 'gone'],
    ['Disabled', { kind: 'delete' }, 'Deleting', 'gone'],
  ])('%s, %o → %s, then %s', (from, change, state, next) => {
    expect(transition(from, change)).toEqual(next === undefined ? { state } : { state, next })
  })

  const busy: readonly MappingState[] = ['Creating', 'Enabling', 'Updating', 'Disabling', 'Deleting']

  test.each(busy)('%s refuses update and delete', (from) => {
    expect(() => transition(from, update())).toThrow(
      expect.objectContaining({ code: 'ResourceInUseException', status: 400, recorded: false }),
    )
    expect(() => transition(from, { kind: 'delete' })).toThrow(
      expect.objectContaining({
        code: 'ResourceInUseException',
        message: 'Cannot delete the event source mapping because it is in use.',
        recorded: true,
      }),
    )
  })
})
