import { ProtobufWriter } from './protobuf-writer.ts';

/** Element types of ONNX tensors (onnx.proto, TensorProto.DataType). */
export const ElementType = { float32: 1, uint8: 2, int64: 7, float16: 10, bfloat16: 16 } as const;
type ElementTypeId = (typeof ElementType)[keyof typeof ElementType];

/** A dimension: a fixed size, or the name of one that is given when the graph runs. */
export type Dimension = number | string;
export type Attributes = Readonly<Record<string, number | readonly number[]>>;

/** Where a weight lies in the external file that goes beside the graph. */
export interface WeightPlace {
  readonly name: string;
  readonly shape: readonly number[];
  /** float32 when absent. */
  readonly type?: Exclude<ElementTypeId, typeof ElementType.int64>;
  /** Bytes from the start of the external file. */
  readonly offset: number;
}

const VALUE_BYTES = {
  [ElementType.float32]: 4,
  [ElementType.uint8]: 1,
  [ElementType.float16]: 2,
  [ElementType.bfloat16]: 2,
} as const;

const OPSET = 18;
/** Attributes that ONNX declares as float even when their value is a whole number. */
const FLOAT_ATTRIBUTES = new Set(['epsilon', 'alpha', 'beta']);

/** Builds one ONNX graph node by node and writes it as a model file. */
export class GraphBuilder {
  private readonly graph = new ProtobufWriter();
  private nodeCount = 0;
  private readonly constants = new Map<string, string>();
  private readonly written = new Map<string, string>();
  private readonly domains = new Set<string>();

  /**
   * With `inlineWeights` the weights are written into the graph itself, for runtimes that take no
   * external data from memory; otherwise the graph names places in a file that goes beside it.
   */
  constructor(private readonly inlineWeights: Uint8Array | null = null) {}

  /** The path by which the graph names its external weights. */
  static readonly WEIGHTS_PATH = 'weights';

  input(name: string, type: ElementTypeId, shape: readonly Dimension[]): string {
    this.graph.message(11, (w) => writeValueInfo(w, name, type, shape));
    return name;
  }

  output(name: string, type: ElementTypeId, shape: readonly Dimension[]): void {
    this.graph.message(12, (w) => writeValueInfo(w, name, type, shape));
  }

  /** Declares a weight. */
  weight(place: WeightPlace): string {
    const type = place.type ?? ElementType.float32;
    const bytes = VALUE_BYTES[type] * place.shape.reduce((product, size) => product * size, 1);
    this.graph.message(5, (w) => {
      for (const size of place.shape) w.integer(1, size);
      w.integer(2, type).string(8, place.name);
      if (this.inlineWeights !== null) {
        w.raw(9, this.inlineWeights.subarray(place.offset, place.offset + bytes));
        return;
      }
      const entry = (key: string, value: string): void => {
        w.message(13, (pair) => pair.string(1, key).string(2, value));
      };
      entry('location', GraphBuilder.WEIGHTS_PATH);
      entry('offset', String(place.offset));
      entry('length', String(bytes));
      w.integer(14, 1);
    });
    return place.name;
  }

  /** A small int64 list as a constant; the same list is stored once. */
  integers(values: readonly number[]): string {
    const data = new BigInt64Array(values.map(BigInt));
    return this.constant(`i_${values.join('_')}`, ElementType.int64, [values.length], data.buffer);
  }

  /** A float32 scalar as a constant. */
  scalar(value: number): string {
    const data = new Float32Array([value]);
    return this.constant(`f_${value}`, ElementType.float32, [], data.buffer);
  }

  private constant(
    key: string,
    type: ElementTypeId,
    shape: readonly number[],
    data: ArrayBuffer,
  ): string {
    const known = this.constants.get(key);
    if (known !== undefined) return known;
    const name = `constant_${this.constants.size}`;
    this.constants.set(key, name);
    this.graph.message(5, (w) => {
      for (const size of shape) w.integer(1, size);
      w.integer(2, type).string(8, name).raw(9, new Uint8Array(data));
    });
    return name;
  }

  /** The output that `write` gives for this key; it is written the first time only. */
  once(key: string, write: () => string): string {
    const output = this.written.get(key) ?? write();
    this.written.set(key, output);
    return output;
  }

  /** Adds a node with one output and returns that output's name (`as` names it, for graph outputs). */
  node(
    operator: string,
    inputs: readonly string[],
    attributes: Attributes = {},
    as?: string,
  ): string {
    const output = as ?? `${operator}_${this.nodeCount}`;
    this.nodes(operator, inputs, [output], attributes);
    return output;
  }

  /**
   * Adds a node with several named outputs. An operator that is not of ONNX itself has its domain before
   * its name: `com.microsoft.MatMulNBits`.
   */
  nodes(
    operator: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Attributes = {},
  ): void {
    const end = operator.lastIndexOf('.');
    const type = operator.slice(end + 1);
    const domain = operator.slice(0, Math.max(0, end));
    if (domain !== '') this.domains.add(domain);
    const name = `node_${this.nodeCount++}_${type}`;
    this.graph.message(1, (w) => {
      for (const input of inputs) w.string(1, input);
      for (const output of outputs) w.string(2, output);
      w.string(3, name).string(4, type);
      if (domain !== '') w.string(7, domain);
      for (const [key, value] of Object.entries(attributes)) {
        w.message(5, (a) => writeAttribute(a, key, value));
      }
    });
  }

  /** The finished model file. */
  finish(graphName: string): Uint8Array<ArrayBuffer> {
    this.graph.string(2, graphName);
    const model = new ProtobufWriter()
      .integer(1, 9)
      .string(2, 'headlight')
      .raw(7, this.graph.finish())
      .message(8, (w) => w.string(1, '').integer(2, OPSET));
    for (const domain of this.domains) model.message(8, (w) => w.string(1, domain).integer(2, 1));
    return model.finish();
  }
}

function writeValueInfo(
  w: ProtobufWriter,
  name: string,
  type: ElementTypeId,
  shape: readonly Dimension[],
): void {
  w.string(1, name).message(2, (typeProto) =>
    typeProto.message(1, (tensor) =>
      tensor.integer(1, type).message(2, (shapeProto) => {
        for (const size of shape) {
          shapeProto.message(1, (d) =>
            typeof size === 'number' ? d.integer(1, size) : d.string(2, size),
          );
        }
      }),
    ),
  );
}

function writeAttribute(w: ProtobufWriter, key: string, value: number | readonly number[]): void {
  w.string(1, key);
  if (typeof value !== 'number') {
    for (const each of value) w.integer(8, each);
    w.integer(20, 7);
  } else if (FLOAT_ATTRIBUTES.has(key)) {
    w.float(2, value).integer(20, 1);
  } else {
    w.integer(3, value).integer(20, 2);
  }
}
