"""Golden vectors of aihwkit 1.1.0: python test/peers/golden.py > test/peers/golden.json

Everything here is small: single tiles, exact weights, devices without spread unless a distribution is what is asked for.
"""

import json
import sys

import torch
from aihwkit.simulator.configs import (
    ChoppedTransferCompound,
    ConstantStepDevice,
    DynamicTransferCompound,
    SingleRPUConfig,
    SoftBoundsReferenceDevice,
    UnitCellRPUConfig,
)
from aihwkit.simulator.parameters import IOParameters, UpdateParameters
from aihwkit.simulator.parameters.enums import BoundManagementType, NoiseManagementType
from aihwkit.simulator.presets.utils import PresetIOParameters
from aihwkit.simulator.tiles.analog import AnalogTile

torch.manual_seed(7)
torch.set_num_threads(1)

EVEN = dict(dw_min_dtod=0.0, dw_min_std=0.0, w_max_dtod=0.0, w_min_dtod=0.0, up_down_dtod=0.0)
PERFECT = IOParameters(is_perfect=True)
ONE_PULSE = dict(desired_bl=1, update_bl_management=False, update_management=False)


def numbers(tensor, digits=7):
    return [float(f"{value:.{digits}g}") for value in tensor.flatten().tolist()]


def tile_of(rows, columns, device, io=PERFECT, update=None, config=SingleRPUConfig):
    made = config(device=device, forward=io, backward=io, update=update or UpdateParameters())
    return AnalogTile(rows, columns, made, bias=False)


def cells(**changes):
    return ConstantStepDevice(w_max=1.0, w_min=-1.0, **{**EVEN, **changes})


def products():
    """Forward and backward products through 7-bit inputs and 9-bit outputs: exact without noise, deviation with it."""
    cases = []
    for name, bound, noise in (("preset", 20.0, 0.0), ("tight", 1.5, 0.0), ("noisy", 20.0, 0.1)):
        io = PresetIOParameters(out_bound=bound, out_noise=noise)
        tile = tile_of(6, 9, cells(), io)
        weights = torch.rand(6, 9) * 1.6 - 0.8
        tile.tile.set_weights(weights)
        repeats = 3000 if noise > 0 else 1
        x = torch.rand(4, 9) * 3 - 1.5
        d = torch.rand(4, 6) * 0.2 - 0.1
        forward = torch.stack([tile.forward(x) for _ in range(repeats)])
        backward = torch.stack([tile.backward(d) for _ in range(repeats)])
        case = dict(name=name, bound=bound, noise=noise, weights=numbers(weights), x=numbers(x), d=numbers(d))
        case.update(forward=numbers(forward.mean(0)), backward=numbers(backward.mean(0)), repeats=repeats)
        if noise > 0:
            case.update(forwardDeviation=numbers(forward.std(0), 5), backwardDeviation=numbers(backward.std(0), 5))
        cases.append(case)
    return cases


def updates():
    """Mean and deviation of the pulses of one stochastic update, per cell."""
    cases = []
    for name, rate, longest, managed in (("managed", 0.02, 31, True), ("overlong", 0.2, 10, True), ("fixed", 0.01, 31, False)):
        step = 0.001
        update = UpdateParameters(desired_bl=longest, update_bl_management=managed, update_management=managed)
        tile = tile_of(4, 5, cells(dw_min=step), update=update)
        tile.set_learning_rate(rate)
        x, d = torch.rand(1, 5) * 2 - 1, torch.rand(1, 4) * 2 - 1
        repeats, counts = 2500, []
        for _ in range(repeats):
            tile.tile.set_weights(torch.zeros(4, 5))
            tile.update(x, d)
            counts.append(torch.round(tile.tile.get_weights() / step))
        counts = torch.stack(counts)
        cases.append(
            dict(name=name, rate=rate, longest=longest, managed=managed, step=step, x=numbers(x), d=numbers(d), repeats=repeats)
            | dict(mean=numbers(counts.mean(0), 6), deviation=numbers(counts.std(0), 6))
        )
    return cases


def pulse(tile, up):
    """One pulse on every cell."""
    columns, rows = tile.in_size, tile.out_size
    tile.update(torch.ones(1, columns), torch.full((1, rows), -1.0 if up else 1.0))


def trajectories():
    """Soft bounds with a reference: one cell exactly, then mean and deviation of many noisy ones."""
    given = dict(dw_min=0.05, w_max=0.9, w_min=-0.7, up_down=0.3, subtract_symmetry_point=True, mult_noise=False, reference_std=0.0)
    train = [True] * 30 + [False] * 40 + [True, False] * 15
    plan = UpdateParameters(**ONE_PULSE)
    tile = tile_of(1, 1, SoftBoundsReferenceDevice(**{**EVEN, **given}), update=plan)
    tile.set_learning_rate(0.05)
    tile.tile.set_weights(torch.zeros(1, 1))
    single = []
    for up in train:
        pulse(tile, up)
        single.append(tile.tile.get_weights().item())
    noisy = {**EVEN, **given, "dw_min_std": 0.4}
    many = tile_of(60, 60, SoftBoundsReferenceDevice(**noisy), update=plan)
    many.set_learning_rate(0.05)
    many.tile.set_weights(torch.zeros(60, 60))
    moments = []
    for up in train:
        pulse(many, up)
        weights = many.tile.get_weights()
        moments.append([weights.mean().item(), weights.std().item()])
    return dict(
        step=0.05, upper=0.9, lower=-0.7, upDown=0.3, noise=0.4, cells=3600, up=train,
        single=[round(value, 7) for value in single],
        mean=[round(mean, 6) for mean, _ in moments],
        deviation=[round(deviation, 6) for _, deviation in moments],
    )


def transfers():
    """Steps of the transfer rules on deterministic cells: fast and slow weights and buffers after every one."""
    rows, columns, step = 3, 4, 0.02
    cases = []
    plain = dict(transfer_forward=PERFECT, transfer_update=UpdateParameters(**ONE_PULSE), units_in_mbatch=False, fast_lr=step)
    rules = {
        "tt2": ChoppedTransferCompound(unit_cell_devices=[], in_chop_prob=0.0, **plain),
        "tt2-subtract": ChoppedTransferCompound(unit_cell_devices=[], in_chop_prob=0.0, forget_buffer=False, momentum=0.2, **plain),
        "tt3": ChoppedTransferCompound(unit_cell_devices=[], in_chop_prob=1.0, **plain),
        "tt4": DynamicTransferCompound(unit_cell_devices=[], in_chop_prob=0.5, tail_weightening=1.5, **plain),
    }
    for name, compound in rules.items():
        compound.unit_cell_devices = [cells(dw_min=step), cells(dw_min=step)]
        tile = tile_of(rows, columns, compound, update=UpdateParameters(**ONE_PULSE), config=UnitCellRPUConfig)
        # no sum of these and of whole pulses is one exactly
        rate = 0.2937
        tile.set_learning_rate(rate)
        tile.tile.set_weights(torch.zeros(rows, columns))
        steps = []
        for _ in range(40):
            # ones and zeros: every pulse is certain
            x = torch.randint(-1, 2, (1, columns)).float()
            d = torch.randint(-1, 2, (1, rows)).float()
            tile.update(x, d)
            hidden = tile.get_hidden_parameters()
            buffer = next(value for key, value in hidden.items() if key.startswith("buffered_FP_weight"))
            steps.append(
                dict(x=numbers(x), d=numbers(d), fast=numbers(hidden["hidden_weights_0"]))
                | dict(slow=numbers(tile.tile.get_weights()), buffer=numbers(buffer))
            )
        cases.append(dict(name=name, rows=rows, columns=columns, step=step, rate=rate, steps=steps))
    return cases


json.dump(
    dict(source="aihwkit 1.1.0", products=products(), updates=updates(), trajectory=trajectories(), transfers=transfers()),
    sys.stdout,
    separators=(",", ":"),
)
sys.stdout.write("\n")
