"""Accuracy on MNIST after one epoch with aihwkit 1.1.0: python test/peers/mnist.py FOLDER sgd|mixed|ttv2|agad SEED

FOLDER holds the four IDX files of MNIST, .gz. The peer of the experiments peer-*.
"""

import gzip
import sys

import numpy
import torch
from aihwkit.nn import AnalogLinear, AnalogSequential
from aihwkit.optim import AnalogSGD
from aihwkit.simulator.configs import build_config
from aihwkit.simulator.presets import ReRamArrayOMPresetDevice
from aihwkit.simulator.presets.utils import PresetIOParameters, PresetUpdateParameters
from torch import nn

folder, algorithm, seed = sys.argv[1], sys.argv[2], int(sys.argv[3])
torch.set_num_threads(1)
torch.manual_seed(seed)


def read(name, header):
    with gzip.open(f"{folder}/{name}.gz") as file:
        return numpy.frombuffer(file.read(), numpy.uint8, offset=header)


def half(name):
    images = read(f"{name}-images-idx3-ubyte", 16).reshape(-1, 784).astype(numpy.float32) / 255
    labels = read(f"{name}-labels-idx1-ubyte", 8).astype(numpy.int64)
    return torch.tensor(images), torch.tensor(labels)


def layer(inputs, outputs):
    name = "mp" if algorithm == "mixed" else algorithm
    config = build_config(name, ReRamArrayOMPresetDevice, PresetIOParameters, PresetUpdateParameters)
    config.mapping.digital_bias = True
    config.mapping.max_input_size = config.mapping.max_output_size = 0
    return AnalogLinear(inputs, outputs, rpu_config=config)


network = AnalogSequential(
    layer(784, 256), nn.Sigmoid(), layer(256, 128), nn.Sigmoid(), layer(128, 10), nn.LogSoftmax(1)
)
optimiser = AnalogSGD(network.parameters(), lr=0.05)
optimiser.regroup_param_groups(network)
(images, labels), (test_images, test_labels) = half("train"), half("t10k")
for batch in torch.randperm(len(labels)).split(10):
    optimiser.zero_grad()
    nn.functional.nll_loss(network(images[batch]), labels[batch]).backward()
    optimiser.step()
network.eval()
with torch.no_grad():
    hits = sum(
        (network(some).argmax(1) == wanted).sum().item()
        for some, wanted in zip(test_images.split(100), test_labels.split(100))
    )
print(algorithm, seed, hits / len(test_labels))
