export interface Made {
  readonly commit: string;
  readonly machine: string;
}

export interface RecordKept {
  readonly id: string;
  readonly size: 'quick' | 'full';
  readonly written: boolean;
}

export function keepRecords(
  records: string,
  folder: string,
  made: Made,
  again: boolean,
): readonly RecordKept[];
export function readRecords(
  records: string,
): ReadonlyMap<string, readonly (Made & { readonly size: string })[]>;
