"""A queue of Amazon SQS on this machine: moto's server, filled by the client that Amazon itself makes."""

import json
import uuid

import boto3
from moto.server import ThreadedMotoServer

KEYS = {"aws_key": "AKIASANDBOX", "aws_secret": "sandbox-secret-of-aws"}


class AmazonQueue:
    def __enter__(self):
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self._server.start()
        host, port = self._server.get_host_and_port()
        keys = {"aws_access_key_id": KEYS["aws_key"], "aws_secret_access_key": KEYS["aws_secret"]}
        self._amazon = boto3.client("sqs", region_name="us-east-1", endpoint_url=f"http://{host}:{port}", **keys)
        self.begin()
        return self

    def __exit__(self, *_error):
        self._server.stop()

    def begin(self):
        """Another queue, empty."""
        self.url = self._amazon.create_queue(QueueName=f"orders-{uuid.uuid4()}")["QueueUrl"]

    def put(self, notification):
        self._amazon.send_message(QueueUrl=self.url, MessageBody=json.dumps(notification))

    def show_again(self, waiting):
        """As when the time is up for which they were kept from others."""
        for one in waiting:
            self._amazon.change_message_visibility(QueueUrl=self.url, ReceiptHandle=one.receipt, VisibilityTimeout=0)

    def count(self):
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        found = self._amazon.get_queue_attributes(QueueUrl=self.url, AttributeNames=names)["Attributes"]
        return sum(int(found[name]) for name in names)

    def arn(self):
        found = self._amazon.get_queue_attributes(QueueUrl=self.url, AttributeNames=["QueueArn"])
        return found["Attributes"]["QueueArn"]
