/**
 * JSON protocols: the parsed body. Query protocol: members, with lists and maps already folded into arrays and
 * objects. REST: body members plus `path` labels and `query` parameters by their API member names.
 */
export type RawInput = Readonly<Record<string, unknown>>
