import { AwsFault } from '../aws-fault.js'
import type { World } from '../world.js'
import { openPlace } from './place.js'
import type { FunctionPool, FunctionVersion, LambdaFunction, Place } from './state.js'
import { removeUnpacked, stampOf, type UnpackedCode, unpackCode } from './unpacked-code.js'

/** Processes of one function at most; further invocations wait for one. A laptop is no data centre. */
const maximumProcesses = 10
/** How long an idle process is kept, in the sandbox's time. */
const idleMs = 5 * 60 * 1000

class Pool implements FunctionPool {
  invocations = 0
  readonly #world: World
  readonly #fn: LambdaFunction
  readonly #places = new Set<Place>()
  readonly #idle: Place[] = []
  readonly #waiting: (() => void)[] = []
  readonly #unpacked = new Map<string, { readonly version: FunctionVersion; readonly code: UnpackedCode }>()
  #stopped = false

  constructor(world: World, fn: LambdaFunction) {
    this.#world = world
    this.#fn = fn
  }

  async take(version: FunctionVersion): Promise<Place> {
    for (;;) {
      if (this.#stopped) throw gone()
      this.#retireOutdated()
      const place = this.#takeIdle(version) ?? this.#open(version)
      if (place) return place
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  async giveBack(place: Place): Promise<void> {
    if (place.environment.usable && !this.#stopped) {
      place.retirement = this.#world.clock.after(idleMs, () => void this.#close(place))
      this.#idle.push(place)
    } else {
      await this.#close(place)
    }
    this.#waiting.shift()?.()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    for (const wake of this.#waiting.splice(0)) wake()
    await Promise.all([...this.#places].map((place) => this.#close(place)))
    for (const { version, code } of this.#unpacked.values()) removeUnpacked(version.code, code)
    this.#unpacked.clear()
  }

  #takeIdle(version: FunctionVersion): Place | undefined {
    const place = this.#idle.find((idle) => idle.version === version && idle.environment.usable)
    if (place) this.#wake(place)
    return place
  }

  #open(version: FunctionVersion): Place | undefined {
    if (this.#places.size >= maximumProcesses) {
      const [oldest] = this.#idle
      // Idle ones of another version make room.
      if (!oldest) return undefined
      void this.#close(oldest)
    }
    const place = openPlace(this.#world, this.#fn, version, this.#unpack(version))
    this.#places.add(place)
    return place
  }

  #unpack(version: FunctionVersion): UnpackedCode {
    const stamp = stampOf(version.code)
    const known = this.#unpacked.get(stamp)
    if (known) return known.code
    const code = unpackCode(version.code)
    this.#unpacked.set(stamp, { version, code })
    return code
  }

  /** Versions that are no longer there, and code that was edited since it was loaded. */
  #retireOutdated(): void {
    const current = new Set([this.#fn.latest, ...this.#fn.versions.values()])
    for (const place of [...this.#idle]) {
      const outdated = !current.has(place.version) || place.stamp !== stampOf(place.version.code)
      if (outdated || !place.environment.usable) void this.#close(place)
    }
  }

  #wake(place: Place): void {
    place.retirement?.cancel()
    place.retirement = undefined
    const index = this.#idle.indexOf(place)
    if (index >= 0) this.#idle.splice(index, 1)
  }

  async #close(place: Place): Promise<void> {
    this.#wake(place)
    this.#places.delete(place)
    await place.close()
  }
}

/** For an invocation that waited while its function was deleted or the sandbox stopped. */
const gone = () =>
  new AwsFault('ServiceException', 'The function went away before it could run.', {
    status: 500,
    recorded: false,
  })

/** The pool of a function, made on first use. */
export function poolOf(world: World, fn: LambdaFunction): FunctionPool {
  const known = world.lambda.pools.get(fn.arn)
  if (known) return known
  const pool = new Pool(world, fn)
  world.lambda.pools.set(fn.arn, pool)
  return pool
}
