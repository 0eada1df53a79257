"""A line between two TUN devices: so many bits a second, so far, and of every hundred packets so many are lost.

    lossy-line.py NEAR FAR BITS_PER_SECOND DELAY_MILLISECONDS LOSS SEED

NEAR and FAR are the names of the devices, which go with this process. It says `{}` once they are there, then answers each
line it is told with what the line has carried: `dead` (from now on nothing passes, and nobody is told so), `alive`, `facts`.
It ends with its input. Both directions are alike, and share nothing.
"""

import fcntl
import heapq
import json
import os
import random
import select
import struct
import sys
import time

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
LARGEST_PACKET = 65536

# What waits in front of a slow line before its modem drops it.
BUFFER_SECONDS = 2.0


def open_tun(name):
    device = os.open('/dev/net/tun', os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, TUNSETIFF, struct.pack('16sH22x', name.encode(), IFF_TUN | IFF_NO_PI))
    return device


class Direction:
    def __init__(self, source, target, line, seed):
        # Of its own: which packets of this direction are lost does not depend on what comes the other way meanwhile.
        self.chance = random.Random(seed)
        self.source = source
        self.target = target
        self.line = line
        self.under_way = []
        self.free_at = 0.0
        self.facts = {'packets': 0, 'bytes': 0, 'lost': 0, 'overflowed': 0, 'swallowed': 0}

    def accept(self, packet, now):
        # Neighbours and routers of version 6 are none of our business.
        if packet[0] >> 4 != 4:
            return
        self.facts['packets'] += 1
        self.facts['bytes'] += len(packet)
        begin = max(now, self.free_at)
        if begin - now > BUFFER_SECONDS:
            self.facts['overflowed'] += 1
            return
        # What is lost was sent: it takes its time like the rest.
        self.free_at = begin + len(packet) * 8 / self.line.bits_per_second
        if self.line.is_dead:
            self.facts['swallowed'] += 1
        elif self.chance.random() < self.line.loss:
            self.facts['lost'] += 1
        else:
            heapq.heappush(self.under_way, (self.free_at + self.line.delay, self.facts['packets'], packet))

    def deliver(self, now):
        while self.under_way and self.under_way[0][0] <= now:
            packet = heapq.heappop(self.under_way)[2]
            try:
                os.write(self.target, packet)
            except OSError:
                # The other end has no address yet, or is going.
                self.facts['lost'] += 1


class Line:
    def __init__(self, near, far, bits_per_second, delay, loss, seed):
        self.bits_per_second = int(bits_per_second)
        self.delay = float(delay) / 1000
        self.loss = float(loss)
        self.is_dead = False
        here, there = open_tun(near), open_tun(far)
        self.directions = {
            'up': Direction(here, there, self, f'{seed} up'),
            'down': Direction(there, here, self, f'{seed} down'),
        }

    def carry(self):
        while True:
            now = time.monotonic()
            next_arrivals = [way.under_way[0][0] for way in self.directions.values() if way.under_way]
            patience = max(0.0, min(next_arrivals) - now) if next_arrivals else None
            sources = [way.source for way in self.directions.values()]
            ready, _, _ = select.select([sys.stdin.fileno(), *sources], [], [], patience)
            now = time.monotonic()
            for way in self.directions.values():
                if way.source in ready:
                    try:
                        way.accept(os.read(way.source, LARGEST_PACKET), now)
                    except OSError:
                        # The network of the far end is gone, and its device with it.
                        return
                way.deliver(now)
            if sys.stdin.fileno() in ready and not self.obey(os.read(sys.stdin.fileno(), 1000).decode()):
                return

    def obey(self, said):
        for word in said.split():
            if word in ('dead', 'alive'):
                self.is_dead = word == 'dead'
            say({name: way.facts for name, way in self.directions.items()})
        return said != ''


def say(value):
    print(json.dumps(value), flush=True)


line = Line(*sys.argv[1:])
say({})
line.carry()
