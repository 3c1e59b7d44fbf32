/** Makes a value when it is first asked for, and anew for each version. Default: one version. */
export function once<Value>(make: () => Value, version = () => 0): () => Value {
  let made: { readonly value: Value; readonly version: number } | undefined
  return () => {
    if (made?.version !== version()) made = { value: make(), version: version() }
    return made.value
  }
}
