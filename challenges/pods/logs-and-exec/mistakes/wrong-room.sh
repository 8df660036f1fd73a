# Without -c the words land in whichever container comes first - here the right one; with the wrong -c they do not.
# answer code: @{code}
# answer stays: log, volume, address, tmp
# fails: watchword, visitors, stays
kubectl exec @{pod} -c lamp -- sh -c 'echo @{word} > /tmp/watchword'
echo 'GET /@{cargo} HTTP/1.1' > visitors.log
