/** Networks dealt to workers: threads or processes, each of which does all work on some of them. */

import { requireMember, requireOpen } from './check.js';

/** Out of a list for all networks, what is of those of one worker. */
export type OwnShare = <Item>(all: readonly Item[]) => readonly Item[];

/** Where a network is. */
interface Place<Port> {
  readonly port: Port;
  /** Among the networks of its worker */
  readonly index: number;
}

/** Neighbours are dealt together; no worker has more than one network more than another. */
export class Shares<Port extends { close(): Promise<void> }> {
  readonly ports: readonly Port[];
  readonly #owns: readonly OwnShare[];
  #places: readonly Place<Port>[];

  /**
   * @param workers at most as many as networks
   * @param open starts a worker for the networks that its share of a list is about
   */
  constructor(networks: number, workers: number, open: (own: OwnShare) => Port) {
    const ends = Array.from({ length: workers + 1 }, (_, worker) =>
      Math.floor((worker * networks) / workers),
    );
    this.#owns = ends.slice(1).map(
      (end, worker): OwnShare =>
        (all) =>
          all.slice(ends[worker], end),
    );
    this.ports = this.#owns.map((own) => open(own));
    const all = Array.from({ length: networks }, (_, network) => network);
    this.#places = this.ports.flatMap((port, worker) =>
      this.#owns[worker]!(all).map((_, index) => ({ port, index })),
    );
  }

  /** @throws MeanfieldError INVALID_ARGUMENT once closed */
  requireOpen(): void {
    requireOpen(this.#places);
  }

  /** @throws MeanfieldError INVALID_ARGUMENT for a network that there is not, and once closed */
  placeOf(network: number): Place<Port> {
    return requireMember(this.#places, network);
  }

  /** What workers, asked at once, find of their networks, in the order of all networks. */
  async gather<Item>(ask: (port: Port, own: OwnShare) => Promise<ArrayLike<Item>>): Promise<Item[]> {
    const found = await Promise.all(this.ports.map((port, worker) => ask(port, this.#owns[worker]!)));
    return found.flatMap((each) => Array.from(each));
  }

  async close(): Promise<void> {
    this.#places = [];
    await Promise.all(this.ports.map((port) => port.close()));
  }
}
