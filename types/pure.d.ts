// What every runtime that core runs in has (worker, actor, browser, Node) and that the language's own library lacks.
// Nothing here reads a clock, rolls a die or does I/O.
declare class TextEncoder {
  encode(input?: string): Uint8Array
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(input?: Uint8Array): string
}
declare function structuredClone<T>(value: T): T
declare function atob(data: string): string
declare function btoa(data: string): string
