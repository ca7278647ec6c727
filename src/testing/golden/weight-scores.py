"""Reference values of scores from weights (measures of methods.md 5.3, 5.6 to 5.9) for the small models.

Written with numpy alone, from the safetensors as the Hugging Face classes name them, in float64 and with whole
vocabulary x vocabulary matrices; streams are those of expected.safetensors. Run in this folder:
    python3 weight-scores.py > weight-scores.json
"""
import json, math, struct
import numpy as np

KINDS = ["architectures/" + n for n in "llama mistral qwen2 qwen3 gemma2 gemma3 gpt2 gptneox phi3 olmo2 granite smollm3".split()] + \
    ["variants/" + n for n in "gpt2-inner gptneox-sequential llama-biases-tied olmo2-biases starcoder2 stablelm-biases stablelm-parallel".split()]


def read(path):
    raw = open(path, "rb").read()
    n = struct.unpack("<Q", raw[:8])[0]
    kinds = {"F32": "<f4", "I32": "<i4", "I64": "<i8"}
    return {k: np.frombuffer(raw[8 + n + v["data_offsets"][0]:8 + n + v["data_offsets"][1]], kinds[v["dtype"]]).reshape(v["shape"])
            for k, v in json.loads(raw[8:8 + n]).items() if k != "__metadata__"}


erf = np.vectorize(math.erf)
ACT = {"silu": lambda x: x / (1 + np.exp(-x)), "gelu": lambda x: .5 * x * (1 + erf(x / math.sqrt(2))),
       "gelu_tanh": lambda x: .5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + .044715 * x ** 3)))}


class Model:
    def __init__(self, path):
        c = self.c = json.load(open(path + "/config.json"))
        t = self.t = {k: v.astype(np.float64) for k, v in read(path + "/model.safetensors").items()}
        self.kind = kind = c["model_type"]
        get = lambda *names, default=None: next((c[n] for n in names if c.get(n) is not None), default)
        self.D, self.H, self.L = get("hidden_size", "n_embd"), get("num_attention_heads", "n_head"), get("num_hidden_layers", "n_layer")
        self.KV = get("num_key_value_heads", default=self.H)
        self.d = get("head_dim", default=self.D // self.H)
        self.eps = get("rms_norm_eps", "layer_norm_eps", "norm_epsilon", "layer_norm_epsilon", default=1e-5)
        self.centred = kind in ("gpt2", "gpt_neox", "starcoder2", "stablelm")
        self.plus = 1 if kind.startswith("gemma") else 0
        act = get("hidden_act", "hidden_activation", "activation_function", default={"gpt2": "gelu_new", "starcoder2": "gelu_pytorch_tanh"}.get(kind, "silu"))
        self.act = ACT[{"gelu_new": "gelu_tanh", "gelu_pytorch_tanh": "gelu_tanh"}.get(act, act)]
        self.parallel = get("use_parallel_residual", default=kind == "gpt_neox")
        self.residual = get("residual_multiplier", default=1.)
        self.divisor = get("logits_scaling", default=1.)
        self.cap = get("final_logit_softcapping")
        base, emb, fin, head = {"gpt2": ("transformer.h.", "transformer.wte", "transformer.ln_f", "lm_head"),
                                "gpt_neox": ("gpt_neox.layers.", "gpt_neox.embed_in", "gpt_neox.final_layer_norm", "embed_out")}.get(
            kind, ("model.layers.", "model.embed_tokens", "model.norm", "lm_head"))
        self.base, self.fin = base, fin
        self.E = t[emb + ".weight"]
        self.U = t.get(head + ".weight", self.E)
        self.u_bias = t.get(head + ".bias", 0)
        self.scale = math.sqrt(self.D) if kind.startswith("gemma") else get("embedding_multiplier", default=1.)

    def w(self, l, name):
        """[in, out] matrix and bias of a part."""
        n = f"{self.base}{l}.{name}"
        m = self.t[n + ".weight"]
        return m if self.kind == "gpt2" else m.T, self.t.get(n + ".bias", 0)

    def norm(self, x, name):
        """None where there is no such norm."""
        g, b = self.t[name + ".weight"] + self.plus, self.t.get(name + ".bias", 0)
        if self.centred:
            x = x - x.mean(-1, keepdims=True)
        return x / np.sqrt((x * x).mean(-1, keepdims=True) + self.eps) * g + b

    def linear_norm(self, name):
        """The norm as a matrix, row vectors from the left, without its division and bias."""
        if name is None:
            return np.eye(self.D)
        center = np.eye(self.D) - (1 / self.D if self.centred else 0)
        return center @ np.diag(self.t[name + ".weight"] + self.plus)

    def names(self, l):
        """Norm before attention, after it, before the MLP, after it."""
        p = f"{self.base}{l}."
        if self.kind == "gpt2":
            return p + "ln_1", None, p + "ln_2", None
        if self.kind == "olmo2":
            return None, p + "post_attention_layernorm", None, p + "post_feedforward_layernorm"
        if self.kind.startswith("gemma"):
            return p + "input_layernorm", p + "post_attention_layernorm", p + "pre_feedforward_layernorm", p + "post_feedforward_layernorm"
        if self.kind == "stablelm" and self.parallel:
            return p + "input_layernorm", None, p + "input_layernorm", None
        return p + "input_layernorm", None, p + "post_attention_layernorm", None

    def values(self, l):
        """[D, KV * d] and bias."""
        D, d, H, KV = self.D, self.d, self.H, self.KV
        if self.kind == "gpt2":
            m, b = self.w(l, "attn.c_attn")
            return m[:, 2 * D:], b[2 * D:]
        if self.kind == "gpt_neox":
            m, b = self.w(l, "attention.query_key_value")
            return m.reshape(D, H, 3, d)[:, :, 2].reshape(D, H * d), b.reshape(H, 3, d)[:, 2].reshape(-1)
        if self.kind == "phi3":
            return self.w(l, "self_attn.qkv_proj")[0][:, (H + KV) * d:], 0
        return self.w(l, "self_attn.v_proj")

    def outputs(self, l):
        return self.w(l, {"gpt2": "attn.c_proj", "gpt_neox": "attention.dense"}.get(self.kind, "self_attn.o_proj"))[0]

    def mlp(self, x, l):
        def lin(x, name):
            m, b = self.w(l, name)
            return x @ m + b
        two = {"gpt2": ("mlp.c_fc", "mlp.c_proj"), "gpt_neox": ("mlp.dense_h_to_4h", "mlp.dense_4h_to_h"), "starcoder2": ("mlp.c_fc", "mlp.c_proj")}.get(self.kind)
        if two:
            return lin(self.act(lin(x, two[0])), two[1])
        if self.kind == "phi3":
            gate, up = np.split(lin(x, "mlp.gate_up_proj"), 2, -1)
        else:
            gate, up = lin(x, "mlp.gate_proj"), lin(x, "mlp.up_proj")
        return lin(self.act(gate) * up, "mlp.down_proj")

    def effective(self, ids):
        x = self.E[ids] * self.scale
        _, _, before, after = self.names(0)
        y = self.mlp(x if before is None else self.norm(x, before), 0)
        return x + self.residual * (y if after is None else self.norm(y, after))

    def logits(self, x):
        z = (self.norm(x, self.fin) @ self.U.T + self.u_bias) / self.divisor
        return z if self.cap is None else self.cap * np.tanh(z / self.cap)


def score(path):
    m = Model(path)
    V = len(m.E)
    lists = [{"ids": [(5 + 11 * i) % V for i in range(6)], "successors": [1, 2, 3, 4, 5, 0]}, {"ids": [(2 + 7 * i) % V for i in range(5)], "successors": [1, 2, 3, 4, -1]}]
    sample = [(3 + 13 * i) % V for i in range(30)]
    lowest, top = 4, max(2, V // 20)
    out = {k: np.full((m.L, m.H), np.nan) for k in ["ov-copying", "ov-copying-folded", "successor", "copy-suppression", "copy-suppression-lowest"]}
    given = read(path + "/expected.safetensors")
    hidden = given.get("hidden")
    if hidden is not None:
        ids = given["ids"].reshape(-1).astype(int)[:20]
        positions = list(range(1, 20, 2))
        for k in ("name-copying", "negative-name-copying", "token-copying"):
            out[k] = np.full((m.L, m.H), np.nan)
    final = m.linear_norm(m.fin)
    read_out = final @ m.U.T
    for l in range(m.L):
        before, after, _, _ = m.names(l)
        (Wv, bv), Wo = m.values(l), m.outputs(l)
        pre, post = m.linear_norm(before), m.linear_norm(after)
        for h in range(m.H):
            k = h // (m.H // m.KV)
            Vh, Oh = Wv[:, k * m.d:(k + 1) * m.d], Wo[h * m.d:(h + 1) * m.d]
            bh = bv[k * m.d:(k + 1) * m.d] if np.ndim(bv) else 0
            for name, whole in (("ov-copying", m.E @ Vh @ Oh @ m.U.T), ("ov-copying-folded", m.E @ pre @ Vh @ Oh @ post @ read_out)):
                lam = np.linalg.eigvals(whole)
                out[name][l, h] = lam.real.sum() / np.abs(lam).sum()
            circuit = pre @ Vh @ Oh @ post @ read_out
            hits = inputs = 0
            for each in lists:
                best = (m.effective(each["ids"]) @ circuit)[:, each["ids"]].argmax(1)
                hits += sum(b == s for b, s in zip(best, each["successors"])); inputs += sum(s >= 0 for s in each["successors"])
            out["successor"][l, h] = hits / inputs
            distinct = list(dict.fromkeys(sample))
            z = (m.effective(distinct) @ circuit)[:, distinct]
            own = np.diag(z)
            out["copy-suppression"][l, h] = -((own - z.mean(1)) / z.std(1)).mean()
            out["copy-suppression-lowest"][l, h] = ((z <= own[:, None]).sum(1) <= lowest).mean()
            if hidden is None:
                continue
            stream = lambda i: hidden[i].astype(np.float64)[:20]
            v = (stream(l) if before is None else m.norm(stream(l), before)) @ Vh + bh
            distinct = list(dict.fromkeys(ids.tolist()))
            z = (v @ Oh @ post @ read_out)[:, distinct]
            r = np.maximum(0, z - z.mean(1, keepdims=True))
            out["token-copying"][l, h] = np.mean([2 * r[i, distinct.index(t)] / r[i].sum() - 1 for i, t in enumerate(ids.tolist())])
            x = stream(1)[positions]
            o = m.residual * (((x if before is None else m.norm(x, before)) @ Vh + bh) @ Oh @ post)
            for name, sign in (("name-copying", 1), ("negative-name-copying", -1)):
                z = m.logits(sign * o)
                out[name][l, h] = np.mean([(z[i] >= z[i, ids[p]]).sum() <= top for i, p in enumerate(positions)])
    request = {"ovCopying": True, "ordinals": lists, "suppression": {"ids": sample, "lowest": lowest}}
    if hidden is not None:
        request |= {"names": {"prompts": [{"ids": ids.tolist(), "positions": positions}], "top": top}, "copying": {"sequences": [ids.tolist()]}}
    return {"request": request, "scores": {k: [float(f"{x:.7g}") for x in v.reshape(-1)] for k, v in out.items()}}


print(json.dumps({path: score(path) for path in KINDS}))
